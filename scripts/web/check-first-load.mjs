#!/usr/bin/env node
/**
 * Weighs the first load of the app in dist/web. Ends with 1 if it is too much, has grown and was not recorded, or the chart is
 * not that of the records.
 */
import { existsSync, readFileSync } from 'node:fs';
import { firstLoad } from './first-load.mjs';
import { chartOf } from './first-load-chart.mjs';
import { asLine, CHART_FILE, faultsOf, HISTORY_FILE, readHistory } from './first-load-history.mjs';

const history = readHistory();
const { bytes } = firstLoad('dist/web');
console.log(asLine(bytes, history));
const faults = faultsOf(bytes, history);
if (!existsSync(CHART_FILE) || readFileSync(CHART_FILE, 'utf8') !== chartOf(history))
  faults.push(`${CHART_FILE} is not the chart of ${HISTORY_FILE}: npm run web:chart.`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
