import { mainTempo } from '../../core/beats/main-tempo.ts'
import type { SectionPart } from '../../core/labels/section-part.ts'
import { suggestSections } from '../../core/suggestions/suggest-sections.ts'
import { toErrorReport } from '../../core/support/user-error.ts'
import { isPassing } from '../../platform/catalogue/connection-errors.ts'
import { readLabels } from '../../platform/catalogue/label-rows.ts'
import { type CatalogueTrack, readTrack } from '../../platform/catalogue/track-rows.ts'
import {
  claimWantedSounds,
  failWantedSounds,
  putWantedSounds,
  type WantedSounds,
} from '../../platform/catalogue/wanted-sounds.ts'
import { readDecisions } from '../../platform/catalogue/work-rows.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { windowsKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { isOfStorage } from './see-through.ts'
import { soundsOfParts, suggested } from './sounded-parts.ts'
import type { TeamSectionActions } from './team-sections.ts'

/** Sees tracks as everybody does: nobody's work is of no team. */
const NO_TEAM = 0

/**
 * The labels of a team, and what is proposed to it where it has none: by its own version where that has read the track, else by the one
 * that ships.
 */
export const teamParts = async (
  { sql }: Pick<Catalogue, 'sql'>,
  { proposing, stored }: Pick<TeamSectionActions, 'proposing' | 'stored'>,
  { teamId, shared }: { readonly teamId: number; readonly shared: CatalogueTrack },
): Promise<readonly SectionPart[]> => {
  const { track, grid } = shared
  if (grid === null) return []
  const labels = await readLabels(sql, { teamId, trackIds: [track.id] })
  const decisions = await readDecisions(sql, { teamId, trackId: track.id })
  const read =
    (await stored({ teamId, shared }, await proposing(teamId))) ??
    (await stored({ teamId, shared }, BASE_MODEL_VERSION))
  return [
    ...labels.map(({ kind, startBeat, endBeat }) => ({ kind, startBeat, endBeat, isLabel: true })),
    ...(read === null ? [] : suggestSections({ ...read, track, grid: grid.grid, labels, decisions }).map(suggested)),
  ].sort((a, b) => a.startBeat - b.startBeat)
}

/** Windows that a network heard in a track; null where none has. */
export const windowsOf = async (
  { objects }: Pick<Catalogue, 'objects'>,
  { track: { audioDigest }, packDigest }: CatalogueTrack,
): Promise<Uint8Array | null> => (packDigest === null ? null : objects.get(windowsKey({ audioDigest, packDigest })))

const hear = async (
  catalogue: Pick<Catalogue, 'sql' | 'transaction' | 'objects'>,
  sections: TeamSectionActions,
  wanted: WantedSounds,
): Promise<void> => {
  const { trackId } = wanted
  const teamId = wanted.teamId ?? NO_TEAM
  const shared = await readTrack(catalogue.sql, teamId, String(trackId))
  const windows = shared && (await windowsOf(catalogue, shared))
  const grid = shared?.grid?.grid
  const parts = shared && windows && grid ? await teamParts(catalogue, sections, { teamId, shared }) : []
  const track = {
    trackId,
    bpm: grid ? mainTempo(grid) : 0,
    camelot: shared?.analysis?.facts.camelot ?? null,
    energy: shared?.analysis?.facts.energy ?? null,
    packDigest: shared?.packDigest ?? null,
    sounds: windows && grid ? soundsOfParts(parts, grid, windows) : [],
  }
  await catalogue.transaction((inside) => putWantedSounds(inside, wanted, track))
}

/**
 * Hears the sections of a track anew that a team sees differently now, in what a network heard before. Where that fails so often that nobody
 * will get further, it is given up with its reason.
 * @returns whether there was one
 */
export const hearNextSections = async (
  catalogue: Pick<Catalogue, 'sql' | 'transaction' | 'objects'>,
  sections: TeamSectionActions,
): Promise<boolean> => {
  const wanted = await claimWantedSounds(catalogue.sql)
  if (wanted === null) return false
  try {
    await hear(catalogue, sections, wanted)
  } catch (error) {
    const { code, detail } = toErrorReport(error)
    await failWantedSounds(catalogue.sql, wanted, isOfStorage(error) || isPassing(error) ? null : { code, detail })
    throw error
  }
  return true
}
