import type { Locator, Page } from 'playwright-core';
import { Probe } from './probe.js';
import type { Person } from './web-app.js';

/** On one page, there and back. */
const MOST_PRESSES = 80;
const MOST_CHOICES = 12;

/** What somebody does without a mouse. Wherever the focus comes to, it has to be seen. */
export class ByKeys {
  private constructor(
    private readonly page: Page,
    private readonly probe: Probe,
  ) {}

  static async of({ page }: Person): Promise<ByKeys> {
    return new ByKeys(page, await Probe.put(page));
  }

  /** What bears a name, as far as keys lead there. */
  named(name: string | RegExp): Locator {
    const exact = typeof name === 'string' ? { exact: true } : {};
    const roles = ['button', 'link', 'checkbox', 'switch'] as const;
    return roles.reduce(
      (all, role) => all.or(this.page.getByRole(role, { name, ...exact })),
      this.page.getByLabel(name, exact),
    );
  }

  /** Goes on by a key until something has the focus. */
  async to(target: string | RegExp | Locator, key = 'Tab'): Promise<void> {
    const wanted = typeof target === 'string' || target instanceof RegExp ? this.named(target) : target;
    await wanted.first().waitFor();
    for (let presses = 0; !(await this.isFocused(wanted)); presses++) {
      if (presses === MOST_PRESSES) throw new Error(`no way leads to “${String(target)}” by ${key}`);
      await this.page.keyboard.press(key);
      await this.isSeen();
    }
    await this.isSeen();
  }

  async press(target: string | RegExp | Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press('Enter');
  }

  /** Replaces what stands in a field. */
  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.to(label);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** Of a list that drops down. */
  async select(label: string | RegExp, choice: string): Promise<void> {
    await this.to(label);
    await this.page.keyboard.press('Home');
    const chosen = (): Promise<string> =>
      this.page.locator('select:focus').evaluate((list) => Reflect.get(list, 'selectedOptions')[0].label);
    for (let presses = 0; (await chosen()) !== choice; presses++) {
      if (presses === MOST_CHOICES) throw new Error(`“${choice}” is not in the list`);
      await this.page.keyboard.press('ArrowDown');
    }
  }

  /** Opens a menu, and chooses from it. */
  async choose(opener: string | RegExp | Locator, choice: string): Promise<void> {
    await this.press(opener);
    await this.page.getByRole('menu').waitFor();
    await this.to(this.page.getByRole('menu').getByLabel(choice, { exact: true }).or(this.item(choice)), 'ArrowDown');
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('menu').waitFor({ state: 'detached' });
  }

  /** A menu takes the focus, goes round with it, and gives it back by Escape. */
  async openAndLeaveMenu(opener: string | RegExp | Locator): Promise<void> {
    await this.press(opener);
    const menu = this.page.getByRole('menu');
    await this.staysIn(menu, ['ArrowDown', 'ArrowUp']);
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await this.isAt(opener);
  }

  /** A dialog has the focus, and keeps it. */
  async isInDialog(title: string | RegExp): Promise<Locator> {
    const dialog = this.page
      .getByRole('dialog', { name: title })
      .or(this.page.getByRole('alertdialog', { name: title }));
    await this.staysIn(dialog, ['Tab', 'Shift+Tab']);
    return dialog;
  }

  /** … until it is left by Escape: then what has opened it has it again. */
  async leavesDialog(title: string | RegExp, opener: string | RegExp | Locator): Promise<void> {
    const dialog = await this.isInDialog(title);
    await this.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await this.isAt(opener);
  }

  /** Opens a dialog, and leaves it. */
  async openAndLeaveDialog(opener: string | RegExp | Locator, title: string | RegExp): Promise<void> {
    await this.press(opener);
    await this.leavesDialog(title, opener);
  }

  /** Waits until it has the focus without any key. */
  async isAt(target: string | RegExp | Locator): Promise<void> {
    const wanted = typeof target === 'string' || target instanceof RegExp ? this.named(target) : target;
    await wanted.and(this.page.locator(':focus')).waitFor();
    await this.isSeen();
  }

  /** Whatever had it may be gone: then something else has it, and who goes on by keys need not begin anew. */
  async isSomewhere(): Promise<void> {
    await this.page.locator('body :focus').waitFor();
    await this.isSeen();
  }

  private item(name: string): Locator {
    return this.page.getByRole('menuitem', { name, exact: true });
  }

  private async isFocused(target: Locator): Promise<boolean> {
    return (await target.and(this.page.locator(':focus')).count()) > 0;
  }

  /** Once round, and one further. */
  private async staysIn(part: Locator, keys: readonly string[]): Promise<void> {
    await part.locator(':focus').waitFor();
    const stops = await part.locator('a, button, input, textarea, select, [role^=menuitem], [tabindex]').count();
    for (const key of keys)
      for (let presses = 0; presses <= stops; presses++) {
        await this.page.keyboard.press(key);
        await part.locator(':focus').waitFor();
        await this.isSeen();
      }
  }

  /** An outline of what has the focus, or of the frame that it fills, in the part of the page that is shown. */
  private async isSeen(): Promise<void> {
    const flaw = await this.probe.run('flawOfFocus');
    expect(flaw).toBeUndefined();
  }
}
