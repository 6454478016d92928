/** Everything that makes a schema, as lines in an order that does not depend on when they were made. */
export const SCHEMA_LINES = `
  SELECT format('column %s.%s %s null=%s default=%s storage=%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attstorage) AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL
  SELECT format('table %s kind=%s options=%s persistence=%s security=%s', relname, relkind, reloptions, relpersistence, relrowsecurity)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
  UNION ALL
  SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL
  SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
  UNION ALL
  SELECT format('trigger %s', pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
  UNION ALL
  SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
  UNION ALL
  SELECT format('rights on %s: %s', c.relname, array_to_string(array(SELECT x::text FROM unnest(c.relacl) x ORDER BY 1), ' '))
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  ORDER BY 1`;
