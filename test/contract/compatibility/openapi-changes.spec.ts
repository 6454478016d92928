import { changed, type Change } from './changed.fixture.js';
import { breakingChanges, type Document } from './openapi-changes.js';

const POST = 'paths /people post';
const GET = 'paths /people get';
const NEW = 'components schemas New';
const PERSON = 'components schemas Person';
const PAGE = 'components parameters Page';

const person = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const page = { $ref: '#/components/parameters/Page' };

function jsonOf(name: string): object {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

const DOCUMENT = {
  info: { version: '1' },
  paths: {
    '/people': {
      post: {
        operationId: 'addPerson',
        security: [{ bearer: [] }],
        parameters: [page],
        requestBody: { required: true, content: jsonOf('New') },
        responses: {
          201: { headers: { Etag: { required: true, schema: { type: 'string' } } }, content: jsonOf('Person') },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
      get: { operationId: 'listPeople', security: [], responses: { 200: { content: jsonOf('Person') } } },
    },
  },
  components: {
    schemas: { New: person, Person: person },
    parameters: { Page: { name: 'page', in: 'query', required: false, schema: { type: 'integer', maximum: 9 } } },
    responses: { NotFound: { content: { 'application/problem+json': { schema: person } } } },
  },
};

/** A small document, with whatever a test changes in it. */
function document(...changes: Change[]): Document {
  return changed(DOCUMENT, changes) as Document;
}

describe('a document breaks the clients of one before', () => {
  it.each<[string, Change, string]>([
    ['a path', ['paths /people', undefined], 'POST /people: is gone'],
    ['an operation', [GET, undefined], 'GET /people: is gone'],
    ['its name', [`${POST} operationId`, 'createPerson'], 'POST /people: is called createPerson now'],
    ['a parameter', [`${POST} parameters`, []], 'POST /people query page: is gone'],
    ['its bounds', [`${PAGE} schema maximum`, 8], 'query page: need not keep to the "maximum" that is accepted'],
    ['a body', [`${POST} requestBody`, undefined], 'POST /people body: is gone'],
    ['a type of body', [`${POST} requestBody content`, {}], 'is not taken as application/json any more'],
    ['a field it took', [NEW, { type: 'object' }], 'POST /people body.name: is not known any more, and so refused'],
    ['a status', [`${POST} responses 404`, undefined], 'POST /people 404: is gone'],
    ['a body it answered', [`${POST} responses 201 content`, undefined], '201: is not answered as application/json'],
    ['a field it answered', [PERSON, { type: 'object' }], 'POST /people 201.name: may be absent, and is needed'],
    ['a header', [`${POST} responses 201 headers`, undefined], 'POST /people 201 header Etag: is gone'],
  ])('by taking away %s', (_what, change, mistake) => {
    expect(breakingChanges(document(), document(change)).join('\n')).toContain(mistake);
  });

  const key = { name: 'x', in: 'query', required: true, schema: {} };
  it.each<[string, Change, string]>([
    ['a parameter', [`${POST} parameters`, [page, key]], 'POST /people query x: is needed now'],
    ['a parameter that was there', [`${PAGE} required`, true], 'POST /people query page: is needed now'],
    ['a body', [`${GET} requestBody`, { required: true, content: {} }], 'GET /people body: is needed now'],
    ['a field', [`${NEW} required`, ['name', 'age']], 'POST /people body.age: may be absent, and is needed'],
    ['a token', [`${GET} security`, [{ bearer: [] }]], 'GET /people: does not let in with {} any more'],
    ['another token', [`${POST} security`, [{ key: [] }]], 'POST /people: does not let in with {"bearer":[]} any more'],
  ])('by asking for %s', (_what, change, mistake) => {
    expect(breakingChanges(document(), document(change)).join('\n')).toContain(mistake);
  });

  it.each<[string, Change, string]>([
    ['success', [`${POST} responses 202`, {}], 'POST /people 202: is a success that was not there'],
    ['type', [`${POST} responses 201 content text/plain`, {}], '201: may be answered as text/plain now'],
    ['value', [`${PERSON} properties name`, { type: 'null' }], '201.name: is of type null, where string is accepted'],
    ['problem', ['components responses NotFound content', {}], '404: is not answered as application/problem+json'],
    ['header', [`${POST} responses 201 headers Etag schema type`, 'integer'], '201 header Etag: is of type integer'],
    ['certainty', [`${POST} responses 201 headers Etag required`, false], '201 header Etag: may be absent now'],
  ])('by answering with another %s', (_what, change, mistake) => {
    expect(breakingChanges(document(), document(change)).join('\n')).toContain(mistake);
  });
});

describe('a document breaks nobody', () => {
  it.each<[string, Change]>([
    ['that is the same', [PERSON, person]],
    ['with a new path', ['paths /pets', { get: { operationId: 'pets', responses: {} } }]],
    ['with a new refusal', [`${POST} responses 409`, { content: {} }]],
    ['with a new parameter', [`${POST} parameters`, [page, { name: 'x', in: 'query', schema: {} }]]],
    ['with a new field', [`${PERSON} properties age`, { type: 'integer' }]],
    ['with a body that need not be there', [`${GET} requestBody`, { content: {} }]],
    ['with a body that need not be there any more', [`${POST} requestBody required`, false]],
    ['with a new header', [`${POST} responses 201 headers Age`, { schema: {} }]],
    ['that asks for no token any more', [`${POST} security`, []]],
    ['that takes another token, too', [`${POST} security`, [{ key: [] }, { bearer: [] }]]],
    ['with what was referred to in its place', [`${POST} responses 404`, DOCUMENT.components.responses.NotFound]],
  ])('%s', (_what, change) => {
    expect(breakingChanges(document(), document(change))).toEqual([]);
  });

  it.each([
    ['1', 2],
    ['1.9', 2],
    ['2', 0],
    ['2.0', 0],
  ])('when its major version rises: 1 → %s', (version, count) => {
    const broken = document(['paths', {}], ['info version', version]);
    expect(breakingChanges(document(), broken)).toHaveLength(count);
  });
});

describe('a reference', () => {
  it.each(['other.json#/x', '#/components/schemas/Nobody'])(
    'to what is not in the document is a mistake: %s',
    (target) => {
      const after = document([`${POST} responses 404`, { $ref: target }]);
      expect(() => breakingChanges(document(), after)).toThrow(/a reference leads/);
    },
  );
});
