import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'
import { isAtHandSql, isMissingSql } from './track-conditions.ts'

/** The sections that a model version read in a track, and the digests of their inputs: staleness is computed from them. */
export type StoredSections = {
  readonly trackId: number
  readonly modelVersion: number
  readonly gridDigest: string
  /** Of what they were read from, as the engine's `sectionSpecDigest` makes it. */
  readonly specDigest: string
  readonly sections: readonly Section[]
  readonly madeAt: string
}

type SectionsRow = Omit<StoredSections, 'sections'> & { readonly sections: string }

/** A short form of a model's reading of a track; the spans are in order. */
export type SectionsOutline = Pick<StoredSections, 'gridDigest' | 'specDigest'> & {
  readonly spans: readonly (Span & { readonly kind: SectionKind; readonly ownKindId?: number | undefined })[]
}
type SectionsOutlineRow = Omit<SectionsOutline, 'spans'> & { readonly spans: string }

type SpanAtRest = Span & { readonly kind: SectionKind; readonly ownKindId: number | null }

const toSpan = ({ ownKindId, ...span }: SpanAtRest): SectionsOutline['spans'][number] =>
  ownKindId === null ? span : { ...span, ownKindId }

const COLUMNS = `track_id AS trackId, model_version AS modelVersion, grid_digest AS gridDigest,
  feature_spec_digest AS specDigest, sections, made_at AS madeAt`

/** A stored section calls its kind `label`, so that the first libraries still open. */
type SectionAtRest = Omit<Section, 'kind'> & { readonly label: SectionKind }

const toStored = (row: SectionsRow): StoredSections => ({
  ...row,
  sections: (JSON.parse(row.sections) as SectionAtRest[]).map(({ label: kind, ...section }) => ({ ...section, kind })),
})

export class SectionStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  get(trackId: number, modelVersion: number): StoredSections | null {
    const row = this.#database
      .prepare(`SELECT ${COLUMNS} FROM sections WHERE track_id = ? AND model_version = ?`)
      .get(trackId, modelVersion)
    return row ? toStored(row as SectionsRow) : null
  }

  /** Place and kind of each section of some tracks, by track id, without the rest. */
  outlines(trackIds: readonly number[], modelVersion: number): ReadonlyMap<number, SectionsOutline> {
    const rows = prepared(
      this.#database,
      `SELECT track_id AS trackId, grid_digest AS gridDigest, feature_spec_digest AS specDigest,
         (SELECT json_group_array(json_object('kind', value ->> 'label', 'startBeat', value ->> 'startBeat',
            'endBeat', value ->> 'endBeat', 'ownKindId', value ->> 'ownKindId')) FROM json_each(sections)) AS spans
       FROM sections WHERE model_version = ? AND track_id IN (SELECT value FROM json_each(?))`,
    ).all(modelVersion, JSON.stringify(trackIds)) as (SectionsOutlineRow & { readonly trackId: number })[]
    return new Map(
      rows.map(({ trackId, ...row }) => [
        trackId,
        { ...row, spans: (JSON.parse(row.spans) as SpanAtRest[]).map(toSpan) },
      ]),
    )
  }

  /** Only the digests of all tracks, by track id, since the sections themselves are large. */
  origins(modelVersion: number): ReadonlyMap<number, Pick<StoredSections, 'gridDigest' | 'specDigest'>> {
    const rows = this.#database
      .prepare(
        `SELECT track_id AS trackId, grid_digest AS gridDigest, feature_spec_digest AS specDigest
         FROM sections WHERE model_version = ?`,
      )
      .all(modelVersion) as Pick<StoredSections, 'trackId' | 'gridDigest' | 'specDigest'>[]
    return new Map(rows.map((row) => [row.trackId, row]))
  }

  /** Whether a version has not read some track on its grid in force, although it is analysed and not missing. */
  areMissing(modelVersion: number, specs: { readonly features: string; readonly sections: string }): boolean {
    const row = prepared(
      this.#database,
      `SELECT 1 FROM analyses AS made
       JOIN grids ON grids.track_id = made.track_id AND grids.digest = made.grid_digest
       WHERE made.feature_spec_digest = ? AND NOT (${isMissingSql('made.track_id')})
         AND grids.version = (SELECT max(version) FROM grids WHERE grids.track_id = made.track_id)
         AND NOT EXISTS (SELECT 1 FROM sections WHERE sections.track_id = made.track_id AND model_version = ?
           AND sections.grid_digest = made.grid_digest AND sections.feature_spec_digest = ?)
       LIMIT 1`,
    ).get(specs.features, modelVersion, specs.sections)
    return row !== undefined
  }

  /**
   * Tracks that a version has read and that are not missing, by id; or, to be labelled next, those that can be heard,
   * with the least sure section first.
   */
  trackIds(modelVersion: number, order: 'position' | 'teaching'): readonly number[] {
    const wanted =
      order === 'teaching'
        ? `${isAtHandSql('sections.track_id')} ORDER BY lowest_confidence, track_id`
        : `NOT (${isMissingSql('sections.track_id')}) ORDER BY track_id`
    const rows = this.#database
      .prepare(`SELECT track_id AS trackId FROM sections WHERE model_version = ? AND ${wanted}`)
      .all(modelVersion) as { trackId: number }[]
    return rows.map(({ trackId }) => trackId)
  }

  /** How many sections of some kinds a version found, by kind, and in how many tracks. */
  countKinds(
    modelVersion: number,
    kinds: readonly SectionKind[],
  ): { readonly sections: ReadonlyMap<SectionKind, number>; readonly tracks: number } {
    const found = `FROM sections, json_each(sections.sections) AS section
       WHERE model_version = ? AND section.value ->> 'label' IN (SELECT value FROM json_each(?))`
    const asked = [modelVersion, JSON.stringify(kinds)] as const
    const rows = this.#database
      .prepare(`SELECT section.value ->> 'label' AS kind, COUNT(*) AS count ${found} GROUP BY kind`)
      .all(...asked) as { kind: SectionKind; count: number }[]
    const row = this.#database.prepare(`SELECT COUNT(DISTINCT track_id) AS tracks ${found}`).get(...asked)
    return { sections: new Map(rows.map(({ kind, count }) => [kind, count])), tracks: row!.tracks as number }
  }

  put(stored: Omit<StoredSections, 'madeAt'>): void {
    const insert = this.#database.prepare(
      `INSERT OR REPLACE INTO sections
         (track_id, model_version, grid_digest, feature_spec_digest, sections, lowest_confidence, made_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    const lowest = Math.min(...stored.sections.map(({ confidence }) => confidence))
    const { trackId, modelVersion, gridDigest, specDigest } = stored
    const sections = JSON.stringify(
      stored.sections.map(({ kind: label, ...section }): SectionAtRest => ({ ...section, label })),
    )
    const madeAt = new Date().toISOString()
    changing(() => insert.run(trackId, modelVersion, gridDigest, specDigest, sections, lowest, madeAt))
  }

  deleteVersion(modelVersion: number): void {
    const remove = this.#database.prepare('DELETE FROM sections WHERE model_version = ?')
    changing(() => remove.run(modelVersion))
  }
}
