import { fanout } from '../scenarios/fanout.mjs';
import { gateway } from '../scenarios/gateway.mjs';
import { growth } from '../scenarios/growth.mjs';
import { http } from '../scenarios/http.mjs';
import { idle } from '../scenarios/idle.mjs';
import { login } from '../scenarios/login.mjs';
import { mixed } from '../scenarios/mixed.mjs';
import { storm } from '../scenarios/storm.mjs';

/**
 * What can be measured, by name. Each says with which sizes unless others are given (`defaults`), why a load of it has no yardstick
 * (`unmatched`), and how it is run in a lab, whose results it leaves there.
 */
export const SCENARIOS = { gateway, http, mixed, storm, login, idle, fanout, growth };
