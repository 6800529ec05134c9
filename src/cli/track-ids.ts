import type { App } from '../app.ts'

/** Ids of the tracks that a person names by id, digest, path or part of a name. @throws TRACK_NOT_FOUND */
export const trackIdsOf = (app: App, references: readonly string[]): Promise<readonly number[]> =>
  Promise.all(references.map(async (reference) => (await app.collection.track(reference)).id))
