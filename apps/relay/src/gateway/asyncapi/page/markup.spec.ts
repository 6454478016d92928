import { inline, Markup, markup, prose } from './markup.js';

describe('markup', () => {
  it('lets no value become markup, neither as text nor within an attribute', () => {
    const hostile = `"><script>alert('1')</script>&`;
    const { text } = markup`<a href="${hostile}">${hostile}</a>`;
    expect(text.replace(/^<a href="|<\/a>$/g, '')).not.toMatch(/<script|['<]|"><|&(?!#\d+;)/);
  });

  it('keeps what is markup already, joins lists, and leaves out what is not there', () => {
    const items = ['a', 'b'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${undefined}${7}`.text).toBe('<ul><li>a</li><li>b</li></ul>7');
    expect(markup`${new Markup('<br>')}`.text).toBe('<br>');
  });

  it('makes paragraphs and code of prose', () => {
    expect(inline('Say `<b>` once.').text).toBe('Say <code>&#60;b&#62;</code> once.');
    expect(prose('One\nline.\n\nAnother.').text).toBe('<p>One\nline.</p>\n<p>Another.</p>\n');
  });
});
