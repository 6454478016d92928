import '#sdk/worker';
