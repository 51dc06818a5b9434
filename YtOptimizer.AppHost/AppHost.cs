Console.WriteLine("YtOptimizer");
