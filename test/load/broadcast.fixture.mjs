/**
 * What fan-out is measured against: a Socket.IO server that passes on what it is sent to all others in a room, and does nothing else.
 * It believes everybody, checks nothing and stores nothing.
 *
 *   PORT=5100 node test/load/broadcast.fixture.mjs
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  socket.join(socket.handshake.auth.token.split(','));
  socket.on('send', ({ room, ciphertext }, acknowledge) => {
    socket.to(room).emit('message', { ciphertext });
    acknowledge({ ok: true });
  });
});
http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
