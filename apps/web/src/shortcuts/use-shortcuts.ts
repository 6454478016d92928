import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { useOpenApp } from '../client/contexts.js';
import { neighbour, type Shortcut, shortcutOf, stepBack } from './shortcuts.js';
import { singleKeys } from './single-keys.js';

/** Whatever lies over the page has keys of its own. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"]';
const FIELDS = 'input, textarea, select, [contenteditable]';

interface ShortcutTargets {
  readonly onSearch: () => void;
  readonly onBegin: () => void;
  readonly onHelp: () => void;
}

/** The keys of an open account. */
export function useShortcuts({ onSearch, onBegin, onHelp }: ShortcutTargets): void {
  const { chats } = useOpenApp();
  const [path, navigate] = useLocation();
  const goTo = (target: string | undefined): void => {
    if (target !== undefined) navigate(target);
  };
  const switchChat = (step: 1 | -1): void => {
    const ids = chats.list.get()?.map(({ conversation }) => conversation.id) ?? [];
    const current = /^\/chats\/([^/]+)/.exec(path)?.[1];
    const id = neighbour(ids, current, step);
    goTo(id && `/chats/${id}`);
  };
  const actions: Readonly<Record<Shortcut, () => void>> = {
    search: onSearch,
    begin: onBegin,
    help: onHelp,
    next: () => switchChat(1),
    previous: () => switchChat(-1),
    back: () => goTo(stepBack(path)),
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(OVERLAYS) !== null) return;
    const isTyping = event.target instanceof Element && event.target.matches(FIELDS);
    const shortcut = shortcutOf(event, isTyping || !singleKeys.get());
    // Escape gives up first what is begun where the focus is; all other keys mean the same everywhere, also on what has arrow keys.
    const phase = shortcut === 'back' ? Event.BUBBLING_PHASE : Event.CAPTURING_PHASE;
    if (shortcut === undefined || event.eventPhase !== phase) return;
    event.preventDefault();
    event.stopPropagation();
    actions[shortcut]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    document.addEventListener('keydown', listener, { capture: true });
    return () => {
      document.removeEventListener('keydown', listener);
      document.removeEventListener('keydown', listener, { capture: true });
    };
  }, []);
}
