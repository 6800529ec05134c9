import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { Contender, JudgedLabel } from '../../core/evaluation/duel.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import type { Track } from '../../core/library/track.ts'
import { fairAnswer, type Knowledge } from '../../core/training/rivals.ts'
import type { AnalysisSummary } from '../../platform/store/analysis-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { visitAnalysisStatus } from '../analysis/analysis-state.ts'
import { allLabels } from '../kit/all-labels.ts'
import type { Workspace } from '../kit/workspace.ts'
import { readModelVersion } from './section-model-file.ts'
import { knowledgeOf } from './version-knowledge.ts'

/** A label that versions can be asked about, and where it lies. */
type Asked = JudgedLabel & {
  readonly label: StoredLabel
  readonly of: Track
  readonly grid: GridVersion
  readonly analysis: AnalysisSummary
}

export type VersionAnswers = {
  /** All present labels on tracks that are analysed. */
  readonly labels: readonly (JudgedLabel & { readonly of: Track; readonly labelId: number })[]
  /** By version. */
  readonly contenders: ReadonlyMap<number, Contender>
  readonly knowledge: ReadonlyMap<number, Knowledge>
}

/** Features of so many tracks go to a thread at once. */
const AT_ONCE = 16
/** An answer is about 100 bytes; beyond these all are forgotten. */
const MOST_REMEMBERED = 200_000

/** Answers of models about spans never change, so that only new labels cost anything. */
const remembered = new WeakMap<Store, Map<string, readonly number[]>>()

const memoryOf = (store: Store): Map<string, readonly number[]> => {
  const memory = remembered.get(store)
  if (memory !== undefined && memory.size < MOST_REMEMBERED) return memory
  const fresh = new Map<string, readonly number[]>()
  remembered.set(store, fresh)
  return fresh
}

const collectAsked = async ({ store }: Workspace): Promise<readonly Asked[]> => {
  const labels = Map.groupBy(await allLabels(store), ({ trackId }) => trackId)
  const asked: Asked[] = []
  await visitAnalysisStatus(
    store,
    ({ track, grid, analysis, stale }) => {
      if (stale !== null || grid === null || analysis === null) return
      for (const label of labels.get(track.id) ?? [])
        asked.push({ track: track.audioDigest, kind: label.kind, label, of: track, grid, analysis })
    },
    { only: new Set(labels.keys()) },
  )
  return asked
}

/**
 * Asks versions about all present labels that they cannot know.
 * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
 */
export const askVersions = async (
  workspace: Workspace,
  asks: readonly { readonly version: number; readonly kinds: readonly SectionKind[] }[],
): Promise<VersionAnswers> => {
  const { store, pool } = workspace
  const versions = asks.map(({ version }) => version)
  const knowledge = versions.map((version) => knowledgeOf(store, version))
  const asked = await collectAsked(workspace)
  const memory = memoryOf(store)
  const keyOf = (version: number, { track, label, grid, analysis }: Asked): string =>
    [version, track, grid.digest, analysis.featureSpecDigest, label.startBeat, label.endBeat].join(' ')
  const isDue = (at: number, one: Asked): boolean =>
    fairAnswer(knowledge[at]!, one.track, one.label) === 'ask' && !memory.has(keyOf(versions[at]!, one))

  const byTrack = [...Map.groupBy(asked, ({ of }) => of.id).values()]
    .map((own) => ({ own, due: versions.map((_, at) => own.filter((one) => isDue(at, one))) }))
    .filter(({ due }) => due.some(({ length }) => length > 0))
  // To open all models takes longer than all the rest, and mostly everything is known.
  const models = byTrack.length === 0 ? [] : versions.map((version) => readModelVersion(store, version))
  for (let first = 0; first < byTrack.length; first += AT_ONCE) {
    const readable = byTrack.slice(first, first + AT_ONCE).flatMap(({ own: [one], due }) => {
      const features = store.features.read(one!.analysis)
      return features === null ? [] : [{ features, grid: one!.grid.grid, due }]
    })
    const tracks = readable.map(({ due, ...track }) => ({
      ...track,
      spans: due.map((labels) => labels.map(({ label: { startBeat, endBeat } }) => ({ startBeat, endBeat }))),
    }))
    const answers = await pool.run('answerLabels', { models, tracks })
    for (const [index, { due }] of readable.entries())
      for (const [at, labels] of due.entries())
        for (const [row, one] of labels.entries()) {
          const width = asks[at]!.kinds.length
          memory.set(keyOf(versions[at]!, one), [...answers[index]![at]!.subarray(row * width, (row + 1) * width)])
        }
  }
  const answerOf = (at: number, one: Asked): readonly number[] | null => {
    const known = fairAnswer(knowledge[at]!, one.track, one.label)
    return known === 'ask' ? (memory.get(keyOf(versions[at]!, one)) ?? null) : known
  }
  return {
    labels: asked.map(({ track, kind, of, label }) => ({ track, kind, of, labelId: label.id })),
    contenders: new Map(
      versions.map((version, at) => [
        version,
        { kinds: asks[at]!.kinds, answers: asked.map((one) => answerOf(at, one)) },
      ]),
    ),
    knowledge: new Map(versions.map((version, at) => [version, knowledge[at]!])),
  }
}
