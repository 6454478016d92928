import { lightened } from '../../scripts/lightened.mjs';

describe('the bundle', () => {
  it('names the only property of what wraps a module the same in all of them', () => {
    const wrapped = (path: string): string =>
      `var m = __commonJS({ ${path}(exports, module) { module.exports = __commonJS; } });`;
    expect(lightened(wrapped('"node_modules/ws/lib/sender.js"'))).toBe(wrapped('load'));
    expect(lightened('var init_m = __esm({ "a.js"() { init_other(); } });')).toBe(
      'var init_m = __esm({ load() { init_other(); } });',
    );
  });

  it('leaves functions the names that they have by where they stand, and classes theirs', () => {
    expect(lightened('const f = /* @__PURE__ */ __name(() => __name(function() {}, "g"), "f");')).toMatch(
      /^const f = .*\(\) => function\(\) \{\};$/,
    );
    const named = 'class C { static { __name(this, "C"); } }';
    expect(lightened(named)).toBe(named);
  });

  it('leaves everything else as it is', () => {
    const code = 'const load = { "a.js"() {} }; other({ "b.js"() {} });';
    expect(lightened(code)).toBe(code);
  });
});
