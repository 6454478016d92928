import { draftOf, TestRelay, TestUser } from '#testing';
import { Follower } from './follower.js';
import { groupOf } from './sending.js';

test('debug restart', async () => {
  const relay = await TestRelay.start();
  const users = [await TestUser.register(relay), await TestUser.register(relay), await TestUser.register(relay)];
  const c = await groupOf(users[0]!, users.slice(1));
  const fs = await Promise.all(users.map((u) => Follower.follow(relay.url, u)));
  let sent = 0; let stop = false; const errors: string[] = [];
  const state: string[] = [];
  const loops = users.map(async (u, i) => { while (!stop) { try { state[i] = 'sending ' + Date.now(); const r = await u.send(c, 'x'); state[i] = 'sent'; if (r.status === 201) sent++; else errors.push(String(r.status)); } catch (e) { errors.push(String((e as any).cause?.code ?? e)); await new Promise((r) => setTimeout(r, 50)); } } });
  for (let k = 0; k < 4; k++) {
  await new Promise((r) => setTimeout(r, 500));
  const t0 = Date.now();
  const app = (relay as any).app;
  const seen: any[] = []; const t = (m: string) => seen.push(`${Date.now()-t0} ${m}`); app.getHttpServer().prependListener('request', (req: any, res: any) => { const who = req.socket.remotePort; t('request ' + who); res.on('finish', () => t('finish ' + who + ' ' + res.statusCode + ' ' + res.shouldKeepAlive)); res.on('close', () => t('close ' + who)); });
  const done = await Promise.race([app.close().then(() => true), new Promise((r) => setTimeout(() => r(false), 5000))]);
  console.log('close', done, Date.now() - t0, sent, errors.slice(-5), state);
  if (!done) { console.log(seen.join('\n')); console.log((process as any)._getActiveHandles().map((h: any) => h.constructor.name + ' ' + (h.localPort ?? '') + '>' + (h.remotePort ?? '')).join('\n')); }
  await (relay as any).listen();
  console.log('listen', Date.now() - t0, sent, errors.slice(-5));
  await new Promise((r) => setTimeout(r, 500));
  console.log('after', Date.now() - t0, sent, errors.length, fs.map((f) => f.logOf(c).length));
  }
  stop = true; await Promise.all(loops); for (const f of fs) f.close();
  await relay.stop();
});
