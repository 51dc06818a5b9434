// One Manager of a real socket.io-client. Commands come as JSON lines, what happens goes out as JSON lines.
// argv: package name, base URL, manager options (JSON).
import { createInterface } from 'node:readline';

const [, , name, url, options] = process.argv;
const { Manager } = await import(name);
const manager = new Manager(url, { path: '/socket.io/', reconnectionDelay: 50, reconnectionDelayMax: 300, ...JSON.parse(options) });
const sockets = new Map();
const say = (what, ns, more) => process.stdout.write(JSON.stringify({ what, ns, ...more }) + '\n');

manager.on('reconnect', attempt => say('reconnect', '', { attempt }));
manager.on('error', error => say('manager-error', '', { message: String(error.message) }));
manager.on('open', () => {
  const engine = manager.engine;
  say('open', '', { transport: engine.transport.name });
  engine.on('upgrade', transport => say('upgrade', '', { transport: transport.name }));
  engine.on('close', reason => say('engine-close', '', { reason }));
});

const commands = {
  join({ ns, auth }) {
    const socket = manager.socket(ns, { auth });
    sockets.set(ns, socket);
    socket.on('connect', () => say('connect', ns, { id: socket.id, recovered: socket.recovered ?? false }));
    socket.on('disconnect', reason => say('disconnect', ns, { reason }));
    socket.on('connect_error', error => say('connect_error', ns, { message: error.message, data: error.data }));
    socket.onAny((event, ...args) => say('event', ns, { event, args }));
    socket.connect();
  },
  emit({ ns, event, args = [] }) { sockets.get(ns).emit(event, ...args); },
  ask({ ns, event, args = [] }) { sockets.get(ns).timeout(10000).emit(event, ...args, (error, answer) => say('ack', ns, { event, error: error?.message, answer })); },
  binary({ ns, event }) { sockets.get(ns).emit(event, Buffer.from([1, 2, 3])); },
  drop() { manager.engine.transport.ws ? manager.engine.transport.ws.close() : manager.engine.close(); },
  leave({ ns }) { sockets.get(ns).disconnect(); },
  end() { process.exit(0); },
};

createInterface({ input: process.stdin }).on('line', line => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
say('ready', '');
