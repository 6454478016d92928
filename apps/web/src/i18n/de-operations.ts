import type { enOperationErrors, enOperations } from './en-operations.js';

export const deOperations: typeof enOperations = {
  invite: {
    closed: 'Dieser Server nimmt zurzeit keine neuen Konten an.',
    code: 'Einladungscode',
    codeHint: 'Du bekommst ihn von denen, die diesen Server betreiben.',
    codeRequired: 'Gib den Code ein, den du bekommen hast',
  },
};

export const deOperationErrors: typeof enOperationErrors = {
  registration_closed: 'Dieser Server nimmt zurzeit keine neuen Konten an.',
  invitation_required:
    'Dieser Server nimmt neue Konten nur auf Einladung an: Öffne die Seite noch einmal und gib deinen Code ein.',
  invitation_invalid: 'Diese Einladung gilt nicht oder nicht mehr.',
};
