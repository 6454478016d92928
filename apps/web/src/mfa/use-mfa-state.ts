import { useEffect, useEffectEvent, useState } from 'react';
import type { AccountDevice, MfaState } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useErrorText } from '../ui/error-text.js';

interface Looked {
  readonly mfa: MfaState;
  readonly devices: readonly AccountDevice[];
}

/** What the relay says of this account's second factors, and again whenever they change. */
export function useMfaState(): { readonly looked: Looked | undefined; readonly problem: string | undefined } {
  const { client } = useOpenApp();
  const [looked, setLooked] = useState<Looked>();
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const look = async (): Promise<void> => {
    const show = (next: Looked | undefined, error?: unknown): void => {
      if (next !== undefined) setLooked(next);
      setProblem(error === undefined ? undefined : errorText(error));
    };
    try {
      const [mfa, devices] = await Promise.all([client.mfa.state(), client.devices.list()]);
      show({ mfa, devices });
    } catch (error) {
      show(undefined, error);
    }
  };
  const load = useEffectEvent(() => void look());
  useEffect(() => {
    load();
    return client.listen(({ kind }) => {
      if (kind === 'mfa' || kind === 'devices') load();
    });
  }, [client]);
  return { looked, problem };
}
