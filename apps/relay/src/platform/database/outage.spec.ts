import { QueryFailedError } from 'typeorm';
import { isUniqueViolation } from './database.js';
import { isOutage } from './outage.js';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
const failed = (driverError: Error): QueryFailedError => new QueryFailedError('SELECT 1', [], driverError);

const NOT_NOW: [string, Error][] = [
  ['the connection broke', coded('08006')],
  ['too many connections', coded('53300')],
  ['no space left', coded('53100')],
  ['shut down by the administrator', coded('57P01')],
  ['starting up', coded('57P03')],
  ['a statement took too long', coded('57014')],
  ['an I/O error', coded('58030')],
  ['a lock took too long', coded('55P03')],
  ['a deadlock', coded('40P01')],
  ['a replica that only reads', coded('25006')],
  ['nobody listens', coded('ECONNREFUSED')],
  ['the connection was reset', coded('ECONNRESET')],
  ['the pipe broke', coded('EPIPE')],
  ['no such host', coded('ENOTFOUND')],
  ['the resolver is down', coded('EAI_AGAIN')],
  ['no route', coded('EHOSTUNREACH')],
  ['pg: ended', new Error('Connection terminated unexpectedly')],
  ['pg: the pool is exhausted', new Error('timeout exceeded when trying to connect')],
  ['ours: no answer', new Error('Connection terminated: PostgreSQL does not answer')],
  ['pg: broken client', new Error('Client has encountered a connection error and is not queryable')],
  ['pg: closed pool', new Error('Cannot use a pool after calling end on the pool')],
];

const NOT_SO: [string, unknown][] = [
  ['a unique violation', coded('23505')],
  ['a missing table', coded('42P01')],
  ['a text that is no uuid', coded('22P02')],
  ['a wrong password', coded('28P01')],
  ['a file that is missing', coded('ENOENT')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['a message about connections', new Error('a connection of words')],
  ['nothing', undefined],
  ['null', null],
  ['a text', 'ECONNREFUSED'],
  ['a number for a code', Object.assign(new Error('x'), { code: 57 })],
];

describe('an outage', () => {
  it.each(NOT_NOW)('is when the database cannot answer now: %s', (_what, error) => {
    expect([isOutage(error), isOutage(failed(error))]).toEqual([true, true]);
  });

  it.each(NOT_SO)('is not when the answer is no, or the fault is ours: %s', (_what, error) => {
    expect(isOutage(error)).toBe(false);
    if (error instanceof Error) expect(isOutage(failed(error))).toBe(false);
  });
});

describe('a unique violation', () => {
  const violation = failed(Object.assign(coded('23505'), { constraint: 'accounts_username_key' }));

  it('is told by its constraint', () => {
    expect(isUniqueViolation(violation)).toBe(true);
    expect(isUniqueViolation(violation, 'accounts_username_key')).toBe(true);
    expect(isUniqueViolation(violation, 'accounts_pkey')).toBe(false);
  });

  it('is nothing else', () => {
    for (const other of [failed(coded('23503')), coded('23505'), new Error('x'), undefined])
      expect(isUniqueViolation(other)).toBe(false);
  });
});
