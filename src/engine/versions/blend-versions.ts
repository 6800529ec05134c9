import { FEWEST_JUDGED } from '../../core/evaluation/duel.ts'
import { countLabels } from '../../core/labels/label-counts.ts'
import { MAX_BUNDLE_BYTES } from '../../core/models/model-bundle.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { RivalModel } from '../../core/training/rivals.ts'
import type { TriedBlend } from '../../core/training/try-blend.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { Store } from '../../platform/store/store.ts'
import type { EncodedBlend } from '../../platform/workers/blend-and-encode.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { tracksInScope } from './answering-version.ts'
import { BASE_MODEL_VERSION } from './base-model.ts'
import { cardOrNull, formatCard, guessOf, type ModelCard, parseModelCard } from './model-card.ts'
import { readModelVersion } from './section-model-file.ts'
import { collectTracks } from './train-model.ts'
import { knowledgeOf } from './version-knowledge.ts'

/** What came of blending a version with one's own. */
export type BlendOutcome = {
  /** The blend; null where it is not clearly better than one's own version. */
  readonly version: number | null
  readonly own: number
  readonly other: number
  /** Of the other version, 0 to 1. */
  readonly share: number
  /** Those that neither version can know. */
  readonly labels: number
  readonly tracks: number
  readonly figures: { readonly own: Figures; readonly other: Figures; readonly blend: Figures }
  /** In sentences. */
  readonly text: string
}

type Figures = TriedBlend['blend']

const SEED = 1

const notOwn = (version: number): UserError =>
  new UserError('BLEND_NOT_POSSIBLE', `v${version} is not your own: name one that is.`)

/** @returns the named version, or else the active one, or else the newest that was made here of all labels @throws BLEND_NOT_POSSIBLE, MODEL_NOT_FOUND */
const requireOwn = (store: Store, named: number | undefined, other: number): ModelCard => {
  const usual = store.models.versions().flatMap((version) => {
    const card = cardOrNull(store, version)
    return card?.imported === null && card.scope === null ? [card] : []
  })
  const besides = usual.filter(({ version }) => version !== other)
  const active = besides.find(({ version }) => version === store.models.activeVersion())
  if (named === BASE_MODEL_VERSION) throw notOwn(named)
  // Where there is none besides, what is to be blended in is one's own itself.
  const card =
    named === undefined ? (active ?? besides.at(-1) ?? usual.at(-1)) : parseModelCard(store.models.summary(named))
  if (!card) throw new UserError('BLEND_NOT_POSSIBLE', 'You have no version of your own yet: train one first.')
  if (card.imported !== null) throw notOwn(card.version)
  if (card.version === other)
    throw new UserError('BLEND_NOT_POSSIBLE', `v${other} is your own version: name one that a friend made.`)
  return card
}

const rivalOf = (store: Store, version: number): RivalModel => ({
  version,
  model: readModelVersion(store, version),
  ...knowledgeOf(store, version),
})

const sentences = (own: number, other: number, tried: Omit<EncodedBlend, 'onnx'>): string => {
  const { ours, theirs, blend, isBetter, weight, leftOut } = tried
  const on = `on ${countText(tried.labels.length, 'label')} of ${countText(tried.tracks)} that were held out`
  const figures = `${percentText(blend.accuracy)} right instead of ${percentText(ours.accuracy)}`
  const unknown = leftOut.length === 0 ? '' : ` It does not know ${leftOut.join(', ')}, which only v${other} knows.`
  const alone =
    theirs.accuracy > ours.accuracy && theirs.accuracy > blend.accuracy
      ? ` v${other} by itself gets ${percentText(theirs.accuracy)} of them right.`
      : ''
  if (isBetter)
    return `${percentText(weight.share, 0)} of v${other} beside v${own} does better than v${own} alone: ${figures}, ${on}.${unknown}${alone}`
  if (weight.share === 0) return `v${other} adds nothing to v${own}, ${on}. No blend was made.`
  return `A blend with v${other} is not clearly better than v${own} alone: ${figures}, ${on}. No blend was made.${alone}`
}

/** What the blend knows: all that one's own version learnt from, the labels that chose the weight, and the other's tracks. */
const lineageOf = (
  own: ModelCard,
  other: ModelCard | null,
  { labels }: Pick<EncodedBlend, 'labels'>,
  artists: ReadonlyMap<string, string | null>,
): ModelCard['lineage'] => {
  const tracks = [
    ...own.lineage.tracks,
    ...labels.map(({ audioDigest }) => ({ audioDigest, artist: artists.get(audioDigest) ?? null })),
    ...(other?.lineage.tracks ?? []),
  ]
  const all = [...new Map(tracks.toReversed().map((track) => [track.audioDigest, track])).values()].toReversed()
  const placeOf = new Map(all.map(({ audioDigest }, place) => [audioDigest, place]))
  const asked = new Set(labels.map(({ label }) => Number(label.id)))
  return {
    base: own.lineage.base ?? other?.lineage.base ?? null,
    tracks: all,
    labels: [
      ...own.lineage.labels
        .filter(({ id }) => !asked.has(id))
        .map((label) => ({ ...label, track: placeOf.get(own.lineage.tracks[label.track]!.audioDigest)! })),
      ...labels.map(({ audioDigest, label: { id, kind, startBeat, endBeat, source } }) => ({
        id: Number(id),
        track: placeOf.get(audioDigest)!,
        label: kind,
        startBeat,
        endBeat,
        source,
      })),
    ],
  }
}

const publishBlend = (
  { store, emit }: Workspace,
  { own, other, seconds }: { readonly own: ModelCard; readonly other: number; readonly seconds: number },
  { onnx, ...tried }: EncodedBlend,
  artists: ReadonlyMap<string, string | null>,
): number => {
  const version = store.models.nextVersion()
  const theirs = cardOrNull(store, other)
  const { scores } = tried.scoreboard
  const card: ModelCard = {
    ...own,
    version,
    name: null,
    notes: null,
    createdAt: new Date().toISOString(),
    codeVersion: packageManifest.version,
    trainingSeconds: seconds,
    previousVersion: own.version,
    trainingJobId: null,
    labelsWithoutAudio: 0,
    blend: { own: own.version, other, otherName: theirs?.name ?? null, share: tried.weight.share },
    labelCounts: countLabels(tried.labels.map(({ label }) => label)),
    accuracy: scores.accuracy,
    f1Score: scores.macroF1,
    scoreboard: tried.scoreboard,
    outOfFold: tried.labels.map(({ label, probabilities }) => guessOf(Number(label.id), tried.kinds, probabilities)),
    losses: [],
    learningCurve: null,
    lineage: lineageOf(own, theirs, tried, artists),
    goldenAnswers: null,
  }
  store.models.publish({ version, onnx, card: formatCard(card) })
  emit({ type: 'models', change: 'published', version })
  return version
}

/**
 * Blends a version with one's own, as a version of its own that is not activated; nothing is made where one's labels do not say that the
 * blend is better. @param named one's own version
 * @throws BLEND_NOT_POSSIBLE, MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
 */
export const blendVersions = async (workspace: Workspace, other: number, named?: number): Promise<BlendOutcome> => {
  const { store, pool } = workspace
  const own = requireOwn(store, named, other)
  const [ours, theirs] = [rivalOf(store, own.version), rivalOf(store, other)]
  const began = performance.now()
  const scope = own.scope && store.scopes.get(own.scope.id)
  const inScope = scope && new Set(tracksInScope(store, scope))
  const trackIds = new Set(store.labels.trackIds().filter((id) => inScope?.has(id) !== false))
  const tracks = await collectTracks(workspace, trackIds, {})
  const tried = await pool.run('blendModels', { ours, theirs, tracks, seed: SEED })
  if (tried === null)
    throw new UserError(
      'BLEND_NOT_POSSIBLE',
      `There are too few labels to tell: ${FEWEST_JUDGED} are needed, of kinds that both know, on tracks by four artists that v${other} has not learnt from.`,
    )
  if (tried.onnx.length > MAX_BUNDLE_BYTES)
    throw new UserError('BLEND_NOT_POSSIBLE', `v${own.version} and v${other} are too large together: train anew first.`)
  const artists = new Map(tracks.map(({ audioDigest, artist }) => [audioDigest, artist]))
  const seconds = Math.round(performance.now() - began) / 1000
  return {
    version: tried.isBetter ? publishBlend(workspace, { own, other, seconds }, tried, artists) : null,
    own: own.version,
    other,
    share: tried.weight.share,
    labels: tried.labels.length,
    tracks: tried.tracks,
    figures: { own: tried.ours, other: tried.theirs, blend: tried.blend },
    text: sentences(own.version, other, tried),
  }
}
