import { type Exchange, mistakesIn } from './contract-check.js';
import { ContractDocument } from './contract-document.js';

const found: string[] = [];

/** Asks a relay, and lets no answer pass that its contract does not describe. @throws {UndocumentedAnswer} */
export async function documentedFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  const request = new Request(...args);
  // Looked up at each call: some tests overhear what is fetched. Only a copy has a body once it was sent.
  const response = await globalThis.fetch(request.clone());
  const { status, headers } = response;
  const path = new URL(request.url).pathname;
  const exchange = { method: request.method, path, status, headers, text: await response.clone().text() };
  const mistakes = mistakesIn(ContractDocument.committed(), exchange);
  if (mistakes.length > 0) throw noted(new UndocumentedAnswer(exchange, mistakes));
  return response;
}

/** Says what the contract says instead, and what came. */
class UndocumentedAnswer extends Error {
  constructor({ method, path, status, text }: Exchange, mistakes: readonly string[]) {
    super(
      `openapi.json says that ${method} ${path} ${mistakes.join('; ')}\nanswered: ${status} ${text.slice(0, 2_000)}`,
    );
    this.name = 'UndocumentedAnswer';
  }
}

/** What came that is not documented, since this was asked last: a test that swallows the error must not pass for it. */
export function undocumentedAnswers(): string[] {
  return found.splice(0);
}

function noted(error: UndocumentedAnswer): UndocumentedAnswer {
  found.push(error.message);
  return error;
}
