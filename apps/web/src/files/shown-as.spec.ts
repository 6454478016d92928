import { shownAs, shownName } from './shown-as.js';

describe('what is shown of a file', () => {
  it.each([
    ['image/jpeg', 'picture'],
    ['IMAGE/PNG', 'picture'],
    ['video/mp4', 'film'],
    ['audio/webm; codecs=opus', 'sound'],
  ])('goes by its type: %s', (mediaType, shown) => {
    expect(shownAs(mediaType)).toBe(shown);
  });

  it.each(['image/svg+xml', 'text/html', 'application/pdf', 'constructor', 'toString', '', ';'])(
    'is nothing where a type could run or is not known: “%s”',
    (mediaType) => {
      expect(shownAs(mediaType)).toBeUndefined();
    },
  );

  it('is a name that reads as what it is', () => {
    expect(shownName('photo\u202egpj.exe')).toBe('photogpj.exe');
    expect(shownName('two\nlines\u0000.txt')).toBe('twolines.txt');
    expect(shownName('Ferien – Süd.jpg')).toBe('Ferien – Süd.jpg');
    expect(shownName('\u202e \u2066')).toBe('–');
  });
});
