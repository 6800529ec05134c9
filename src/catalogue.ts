/** Puts together what works on a catalogue. It is loaded only for that: a library needs neither PostgreSQL nor its client. */
export { initCatalogue, migrateCatalogue, openKeeper } from './engine/catalogue/catalogue-actions.ts'
export { runWorker } from './engine/catalogue/run-worker.ts'
