-- What plans cost and allow is the owner's to change. A hole in the application must not give itself another plan.
REVOKE INSERT, UPDATE, DELETE ON subscription_limits FROM ytoptimizer_app;
