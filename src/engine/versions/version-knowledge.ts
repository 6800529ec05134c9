import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type Knowledge, labelKey, type RivalModel } from '../../core/training/rivals.ts'
import type { Store } from '../../platform/store/store.ts'
import { BASE_MODEL_VERSION, readBaseModel, shippedCard } from './base-model.ts'
import { type ModelCard, parseModelCard } from './model-card.ts'
import { readModelVersion, requireReadable } from './section-model-file.ts'

const NOTHING: ReadonlySet<string> = new Set()
const digestsOfShipped = (): ReadonlySet<string> => shippedCard()?.audioDigests ?? NOTHING

/** @returns null for the version that ships @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
const parseCardOf = (store: Store, version: number): ModelCard | null =>
  version === BASE_MODEL_VERSION ? null : parseModelCard(store.models.summary(version))

/** A card of an older version kept only the kind that was said and how surely. */
const heldOutAnswers = ({ labels, lineage, outOfFold }: ModelCard): Knowledge['heldOut'] => {
  const said = new Map(outOfFold.map((guess) => [guess.labelId, guess]))
  const only = (predicted: SectionKind, confidence: number): readonly number[] =>
    labels.map((kind) => (kind === predicted ? confidence : 0))
  return new Map(
    lineage.labels.flatMap(({ id, track, label: kind, startBeat, endBeat }) => {
      const guess = said.get(id)
      const digest = lineage.tracks[track]?.audioDigest
      if (guess === undefined || digest === undefined) return []
      const answer = guess.probabilities ?? only(guess.predicted, guess.confidence)
      return [[labelKey(digest, { kind, startBeat, endBeat }), answer] as const]
    }),
  )
}

/** What a version may know of the labels of this library. @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const knowledgeOf = (store: Store, version: number): Knowledge => {
  if (version === BASE_MODEL_VERSION)
    return { learnt: digestsOfShipped(), tainted: NOTHING, heldOut: new Map<string, readonly number[]>() }
  const card = parseCardOf(store, version)!
  return {
    learnt: new Set(card.lineage.tracks.map(({ audioDigest }) => audioDigest)),
    tainted: card.lineage.base === null ? NOTHING : digestsOfShipped(),
    heldOut: heldOutAnswers(card),
  }
}

type UsableVersion = {
  readonly version: number
  readonly kinds: readonly SectionKind[]
  /** The scope that it was trained for; null for all of the library. */
  readonly scopeId: number | null
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
const requireUsable = (store: Store, version: number): UsableVersion => {
  const card = parseCardOf(store, version)
  if (card === null) return { version, kinds: shippedCard()?.kinds ?? readBaseModel().kinds, scopeId: null }
  requireReadable(store, version)
  return { version, kinds: card.labels, scopeId: card.scope?.id ?? null }
}

/** Versions that can read here and now, the one that ships first. */
export const usableVersions = (store: Store): readonly UsableVersion[] =>
  [BASE_MODEL_VERSION, ...store.models.versions()].flatMap((version) => {
    try {
      return [requireUsable(store, version)]
    } catch (error) {
      if (error instanceof UserError) return []
      throw error
    }
  })

/** Whether a version is for the tracks that another one is for: the general ones are for all. */
export const isRivalOf = (scopeId: number | null, rival: Pick<UsableVersion, 'scopeId'>): boolean =>
  rival.scopeId === null || rival.scopeId === scopeId

/** Every version that a training can be set beside; what cannot be opened must not stop it. @param scopeId null: trained for all */
export const rivalsIn = (store: Store, scopeId: number | null): readonly RivalModel[] =>
  usableVersions(store)
    .filter((rival) => isRivalOf(scopeId, rival))
    .map(({ version }) => ({
      version,
      model: readModelVersion(store, version),
      ...knowledgeOf(store, version),
    }))
