#!/usr/bin/env node
/**
 * Draws the icons of the web app for systems that take no SVG, from apps/web/public/icon.svg, by Chromium. They are committed:
 * a build does not need a browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PUBLIC = 'apps/web/public';
const GROUND = '#0d6b60';
const ICONS = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  // Cut by the system to a shape of its own: what matters lies in the circle of 80 % (https://w3c.github.io/manifest/#icon-masks).
  { name: 'maskable-192', size: 192, isMaskable: true },
  { name: 'maskable-512', size: 512, isMaskable: true },
  { name: 'apple-touch-180', size: 180, isMaskable: true },
];

const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8');
mkdirSync(join(PUBLIC, 'icons'), { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false });
const page = await browser.newPage();
for (const { name, size, isMaskable = false } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  const scale = isMaskable ? 0.8 : 1;
  const ground = isMaskable ? GROUND : 'transparent';
  await page.setContent(
    `<style>body{margin:0;background:${ground};display:grid;place-items:center;height:100vh}svg{width:${size * scale}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true, scale: 'css' });
  writeFileSync(join(PUBLIC, 'icons', `${name}.png`), png);
}
await browser.close();
