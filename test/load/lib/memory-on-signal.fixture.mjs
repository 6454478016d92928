/** Loaded into a measured server before its own code (`node --import`): by SIGUSR2 it is asked to give memory back. */
import { giveMemoryBack } from './give-memory-back.mjs';

process.on('SIGUSR2', giveMemoryBack);
