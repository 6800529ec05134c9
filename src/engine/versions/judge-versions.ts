import type { Band } from '../../core/evaluation/bootstrap-band.ts'
import { mostLikely, scoreClassification } from '../../core/evaluation/classification-scores.ts'
import type { Contender } from '../../core/evaluation/duel.ts'
import { accuracyBand, type Tally } from '../../core/evaluation/small-sample-bands.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { trackTitle } from '../../core/library/track.ts'
import { byVerdict, type Rivalry, rivalryOf } from '../../core/training/rivals.ts'
import type { Workspace } from '../kit/workspace.ts'
import { tracksInScope } from './answering-version.ts'
import { askVersions, type VersionAnswers } from './ask-versions.ts'
import { isRivalOf, usableVersions } from './version-knowledge.ts'

/** How good a version is on the labels of this library, whoever made it. */
export type VersionJudgement = {
  readonly version: number
  /** On labels of its kinds that it cannot know; null where there are none. */
  readonly figures: {
    readonly labels: number
    readonly tracks: number
    readonly accuracy: number
    readonly accuracyBand: Band
    readonly f1Score: number
  } | null
  /** Labelled tracks that it may have learnt from, by digest of their audio. */
  readonly mayKnow: readonly { readonly trackId: number; readonly title: string }[]
  /** Labels of kinds that it does not know. */
  readonly unknownKinds: Readonly<Partial<Record<SectionKind, number>>>
  /** The version beside every other, those that do better first. */
  readonly rivals: readonly Rivalry[]
}

const figuresOf = (labels: VersionAnswers['labels'], { kinds, answers }: Contender): VersionJudgement['figures'] => {
  const judged = labels.flatMap(({ track, kind }, index) => {
    const answer = answers[index] ?? null
    const truth = kinds.indexOf(kind)
    return answer === null || truth < 0
      ? []
      : [{ track, truth, said: mostLikely(Float32Array.from(answer), kinds.length)[0]! }]
  })
  if (judged.length === 0) return null
  const { accuracy, macroF1 } = scoreClassification(
    judged.map(({ truth }) => truth),
    judged.map(({ said }) => said),
    kinds.length,
  )
  const tallies = [...Map.groupBy(judged, ({ track }) => track).values()].map(
    (own): Tally => ({ samples: own.length, right: own.filter(({ truth, said }) => truth === said).length }),
  )
  return {
    labels: judged.length,
    tracks: tallies.length,
    accuracy,
    accuracyBand: accuracyBand(tallies),
    f1Score: macroF1,
  }
}

/** What was asked of the tracks of a scope; all of it where there is none, or its tracks are gone. */
const answersInScope = (
  { store }: Workspace,
  { labels, contenders }: VersionAnswers,
  scopeId: number | null,
): Pick<VersionAnswers, 'labels' | 'contenders'> => {
  const scope = scopeId === null ? null : store.scopes.get(scopeId)
  if (scope === null) return { labels, contenders }
  const inScope = new Set(tracksInScope(store, scope))
  const places = [...labels.keys()].filter((at) => inScope.has(labels[at]!.of.id))
  return {
    labels: places.map((at) => labels[at]!),
    contenders: new Map(
      [...contenders].map(([version, contender]) => [
        version,
        { ...contender, answers: places.map((at) => contender.answers[at] ?? null) },
      ]),
    ),
  }
}

/** Judges every usable version on the labels of this library. */
export const judgeVersions = async (workspace: Workspace): Promise<readonly VersionJudgement[]> => {
  const usable = usableVersions(workspace.store)
  const answers = await askVersions(workspace, usable)
  return usable.map(({ version, scopeId }) => {
    const { labels, contenders } = answersInScope(workspace, answers, scopeId)
    const contender = contenders.get(version)!
    const { learnt, tainted } = answers.knowledge.get(version)!
    const tracks = new Map(labels.map(({ of }) => [of.audioDigest, of]))
    const unknown = labels.filter(({ kind }) => !contender.kinds.includes(kind))
    return {
      version,
      figures: figuresOf(labels, contender),
      mayKnow: [...tracks.values()]
        .filter(({ audioDigest }) => learnt.has(audioDigest) || tainted.has(audioDigest))
        .map((track) => ({ trackId: track.id, title: trackTitle(track) })),
      unknownKinds: Object.fromEntries(
        [...Map.groupBy(unknown, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length]),
      ),
      rivals: byVerdict(
        usable
          .filter((other) => other.version !== version && isRivalOf(scopeId, other))
          .map(({ version: other }) =>
            rivalryOf(labels, contender, { ...contenders.get(other)!, name: `v${other}`, version: other }),
          ),
      ),
    }
  })
}
