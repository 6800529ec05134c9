import type { StoredLabel } from './stored-label.ts'

/**
 * A text that is equal for equal labels on equal grids, to tell what an edit was planned on. On another grid the same beats mean other
 * places. The store hashes it.
 */
export const labelsRevisionText = (gridDigest: string | null, labels: readonly StoredLabel[]): string =>
  JSON.stringify([
    gridDigest,
    labels.map(({ id, kind, startBeat, endBeat, source, ownKindId }) => [
      id,
      kind,
      startBeat,
      endBeat,
      source,
      ...(ownKindId === undefined ? [] : [ownKindId]),
    ]),
  ])
