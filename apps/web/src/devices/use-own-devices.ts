import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AccountDevice, AccountSession } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useErrorText } from '../ui/error-text.js';

interface OwnDevices {
  readonly devices: readonly AccountDevice[];
  readonly sessions: readonly AccountSession[];
}

interface Looked {
  /** Undefined until the relay has answered. */
  readonly own: OwnDevices | undefined;
  readonly problem: string | undefined;
  readonly reload: () => Promise<void>;
}

/** What the relay says of this account's devices, and again whenever they change. */
export function useOwnDevices(): Looked {
  const { client } = useOpenApp();
  const [own, setOwn] = useState<OwnDevices>();
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const asked = useRef(0);
  const reload = async (): Promise<void> => {
    const turn = ++asked.current;
    // What was asked later knows more, whenever it is answered.
    const show = (looked: OwnDevices | undefined, error?: unknown): void => {
      if (turn !== asked.current) return;
      if (looked !== undefined) setOwn(looked);
      setProblem(error === undefined ? undefined : errorText(error));
    };
    try {
      const [devices, sessions] = await Promise.all([client.devices.list(), client.sessions.list()]);
      show({ devices: [...devices].sort(byPlace), sessions: [...sessions].sort(byPlace) });
    } catch (error) {
      show(undefined, error);
    }
  };
  const load = useEffectEvent(() => void reload());
  useEffect(() => {
    load();
    return client.listen(({ kind }) => {
      if (kind === 'devices') load();
    });
  }, [client]);
  return { own, problem, reload };
}

/** This one first, and then the newest. */
function byPlace(one: AccountDevice | AccountSession, other: AccountDevice | AccountSession): number {
  return Number(other.current) - Number(one.current) || Date.parse(other.createdAt) - Date.parse(one.createdAt);
}
