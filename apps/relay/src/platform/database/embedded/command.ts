import { execFile } from 'node:child_process';

/** An operating system account, by number. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Whom to become first. Left out, the command runs as this process. */
  readonly account?: Account;
}

export interface Outcome {
  readonly succeeded: boolean;
  readonly stdout: string;
  /** What went wrong, in the command's own words or the operating system's. */
  readonly complaint: string;
}

/**
 * Written out instead of inherited: the server must see neither the relay's secrets nor a stray
 * PGDATA or LC_ALL, either of which would change what it does.
 */
export const COMMAND_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Runs a command to its end, or kills it after `timeoutMilliseconds`. Failure is an outcome, never a rejection. */
export function runCommand(command: Command, timeoutMilliseconds = 10_000): Promise<Outcome> {
  const options = {
    env: COMMAND_ENVIRONMENT,
    timeout: timeoutMilliseconds,
    killSignal: 'SIGKILL' as const,
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...command.account,
  };
  return new Promise((resolve) => {
    execFile(command.file, [...command.args], options, (error, stdout, stderr) => {
      const complaint = error === null ? '' : stderr.trim() || error.message;
      resolve({ succeeded: error === null, stdout, complaint });
    });
  });
}
