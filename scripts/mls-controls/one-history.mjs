// One history in a process of its own, since a release may end the whole process: node one-history.mjs DIRECTORY SEED COMMITS
import { findingOf } from './history.mjs';
import { libraryIn } from './libraries.mjs';

const [directory, seed, commits] = process.argv.slice(2);
const found = await findingOf(await libraryIn(directory), Number(seed), Number(commits));
if (found !== undefined) console.log(`commit ${found.commits}: ${found.finding}`);
