/** Authenticated sockets of as many accounts that say nothing: memory for each, once the server has given back what it can. */
export const idle = {
  defaults: { connections: 10_000 },
  unmatched: () => undefined,

  async run(lab) {
    lab.flags.givesMemoryBack = true;
    const relays = await lab.startRelays({ people: lab.flags.connections });
    const servers = await lab.beside(relays, () => lab.startReference());
    // Sockets before those that count: what the first of them costs is paid once.
    lab.pin();
    const connections = Math.min(1_000, lab.flags.connections);
    for (const server of servers) await lab.generate(server, { load: 'connects', connections });
    for (const server of servers) await measureIdle(lab, server);
  },
};

export function measureIdle(lab, server) {
  return lab.measure(server, 'idle', { load: 'idle', connections: lab.flags.connections });
}
