import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { trimOf } from '../../core/mixing/plan-mix.ts'
import { BY_HAND } from '../../core/setlist/by-hand.ts'
import { arcAt, energyRanks } from '../../core/setlist/energy-arc.ts'
import { aloneBeats } from '../../core/setlist/mix-sides.ts'
import { scoreChosen } from '../../core/setlist/order-problem.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { voiceSpans } from '../../core/tags/heard-voice.ts'
import { amplitudeToDecibels } from '../../core/units/units.ts'
import type { Store } from '../../platform/store/store.ts'
import { manyTrackOverviews } from '../collection/track-overview.ts'
import { hasVanished } from '../kit/track-audio.ts'
import type { Workspace } from '../kit/workspace.ts'
import { sectionParts } from '../sounds/section-vectors.ts'
import { voiceOf } from '../sounds/track-voice.ts'
import { readSet, requireSet, stepsOf } from './kept-sets.ts'
import { poolWishOf } from './plan.ts'
import { playedTimes } from './played-times.ts'
import { proposedBetween } from './proposed-pairs.ts'
import { isFromNewer, type LibrarySet, standingOf } from './set-content.ts'
import { setNotes } from './set-notes.ts'
import { poolIds } from './set-pool.ts'
import type { ShownPlace, ShownSet, ShownTransition } from './shown-set.ts'
import type { TrackTransition, TransitionWorkspace } from './transition.ts'
import { chosenWays, waysToChoose, windowLimits } from './ways-to-choose.ts'

/** How energetic the tracks of a set are among those that there are to choose from. */
const energiesIn = (store: Store, { wish, places }: LibrarySet): Float64Array => {
  const { ids, measures } = poolIds(store, poolWishOf(wish))
  const own = places.map(({ trackId }) => trackId)
  const all = [...new Set([...own, ...ids])]
  return energyRanks(all.map((id) => measures.get(id)?.energy ?? null)).subarray(0, own.length)
}

const transitionsOf = async (
  workspace: TransitionWorkspace,
  { places, wish }: LibrarySet,
  isMixable: (trackId: number) => boolean,
): Promise<readonly (ShownTransition | null)[]> => {
  const { tracks, grids } = workspace.store
  const proposals: (readonly TrackTransition[])[] = []
  for (const [at, { trackId }] of places.slice(0, -1).entries()) {
    await giveWay()
    const nextId = places[at + 1]!.trackId
    const [one, other] = [tracks.get(trackId), tracks.get(nextId)]
    const isKnown = one !== null && other !== null && isMixable(trackId) && isMixable(nextId)
    proposals.push(isKnown ? await proposedBetween(workspace, one, other, windowLimits(wish)) : [])
  }
  const steps = proposals.map((proposed, at) => {
    const chosen = proposed.filter(({ style }) => style === places[at]!.style)
    return waysToChoose(chosen.length > 0 ? chosen : proposed, wish)
  })
  const alone = places.map(({ trackId }) => {
    const current = grids.current(trackId)
    return current === null ? 0 : aloneBeats(current.grid)
  })
  return chosenWays(steps, alone).map((way, at) => {
    const styled = proposals[at]!.flatMap(({ style, score }) => (style === BY_HAND ? [] : [{ style, score }]))
    return way && { ...way, ways: styled }
  })
}

const detailsOf = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  trackId: number,
): Promise<Pick<ShownPlace, 'sections' | 'voice' | 'autoTrimDb'>> => {
  const { store } = workspace
  const facts = store.analyses.summary(trackId)?.facts
  const autoTrimDb = facts === undefined || facts.loudnessLufs === null ? null : amplitudeToDecibels(trimOf(facts))
  const [track, grid] = [store.tracks.get(trackId), store.grids.current(trackId)?.grid ?? null]
  if (track === null || grid === null) return { sections: [], voice: null, autoTrimDb }
  const voice = await voiceOf(workspace, track)
  return {
    sections: sectionParts(store, trackId).map(({ kind, ownKindId = null, startBeat, endBeat, isLabel }) => ({
      kind,
      ownKindId,
      startSeconds: beatsToSeconds(grid, startBeat),
      endSeconds: beatsToSeconds(grid, endBeat),
      isLabel,
    })),
    voice: voice && voiceSpans(voice),
    autoTrimDb,
  }
}

/** A set with all that is known of its tracks today. @param version the one in force where left out @throws SET_NOT_FOUND, SET_TOO_NEW */
export const lookAtSet = async (workspace: TransitionWorkspace, id: number, version?: number): Promise<ShownSet> => {
  const { store } = workspace
  const outline = requireSet(store, id)
  const set = readSet(store, id, version)
  const { wish, places, tracks, name } = set
  const named = new Map(tracks.map((track) => [track.id, track]))
  // A file that is missing for now was analysed all the same.
  const isMixable = (trackId: number): boolean =>
    store.grids.current(trackId) !== null && store.analyses.summary(trackId) !== null
  const transitions = await transitionsOf(workspace, set, isMixable)
  const trackIds = places.map(({ trackId }) => trackId)
  const { tracks: times, seconds, overlapSeconds } = await playedTimes(store, trackIds, transitions)
  const known = await manyTrackOverviews(store, trackIds)
  const overviews = new Map(known.map((track) => [track.id, track]))
  await giveWay()
  const [energies, arc] = [energiesIn(store, set), arcAt(wish.arc, places.length)]
  const shown: ShownPlace[] = []
  for (const [at, place] of places.entries()) {
    await giveWay()
    const track = store.tracks.get(place.trackId)
    const standing = standingOf(store, place.trackId)
    shown.push({
      ...place,
      ...times[at]!,
      title: named.get(place.trackId)!.title,
      artist: named.get(place.trackId)!.artist,
      standing: standing === 'ok' && track !== null && (await hasVanished(store, track)) ? 'missing' : standing,
      track: overviews.get(place.trackId) ?? null,
      energy: energies[at]!,
      wished: arc[at]!,
      ...(await detailsOf(workspace, place.trackId)),
    })
  }
  const steps = stepsOf(store.sets.versions(id), outline.version)
  return {
    ...outline,
    name,
    version: version ?? outline.version,
    tracks: places.length,
    isNewer: isFromNewer(outline),
    wish,
    named: tracks.map((track) => ({ id: track.id, title: track.title, isThere: store.tracks.get(track.id) !== null })),
    places: shown,
    transitions,
    score: scoreChosen(
      transitions.map((transition) => transition?.score ?? null),
      places.map(({ trackId }, at) => ((overviews.get(trackId)?.energy ?? null) === null ? null : energies[at]!)),
      arc,
    ),
    minutes: seconds / 60,
    overlapMinutes: overlapSeconds / 60,
    notes: setNotes(wish, { places: shown, transitions, minutes: seconds / 60 }),
    undoes: steps.back?.change ?? null,
    redoes: steps.forward?.change ?? null,
  }
}
