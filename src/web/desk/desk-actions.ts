import { BARS_PER_PHRASE, beatsToSeconds, secondsToBeats } from '../../core/beats/beat-grid.ts'
import { likelyAlternatives } from '../../core/quality/doubtful-estimates.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { toggleMetronome } from '../player/metronome.ts'
import { position, rate, setLoop, toggle, usePlayer } from '../player/player.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { copyToRepeats } from './copy-to-repeats.ts'
import {
  acceptGhost,
  acceptSurer,
  closeTap,
  type DeskTools,
  deleteSelected,
  editGrid,
  labelWith,
  loopSelection,
  mergeSelected,
  moveSelectedEdge,
  playheadBeat,
  rejectGhost,
  seekBeat,
  selectedSpan,
  selectGhostHere,
  selectNext,
  selectNextLabel,
  splitAtPlayhead,
  stepThrough,
} from './desk-edits.ts'
import type { DeskAction } from './desk-keys.ts'
import { toggleEnergy } from './desk-preferences.ts'
import { gridOf, redo, undo } from './desk-store.ts'
import { SNAPS } from './snap.ts'
import { tap, tappedBpm } from './tap-tempo.ts'
import { zoomBy, zoomTo } from './view.ts'

/** @returns false where there was nothing to do, so that the key keeps its usual meaning */
type Perform = (tools: DeskTools) => boolean

const ZOOM_STEP = 1.6
/** DJs count in twos and fours of phrases. */
const BARS_PER_STRIDE = 2 * BARS_PER_PHRASE
const BARS_PER_LEAP = 4 * BARS_PER_PHRASE

const always =
  (run: (tools: DeskTools) => void): Perform =>
  (tools) => {
    run(tools)
    return true
  }

const move = (beatsOf: (beatsPerBar: number) => number): Perform =>
  always((tools) => {
    const grid = gridOf(tools.desk.getState())
    seekBeat(tools, Math.round(secondsToBeats(grid, position())) + beatsOf(grid.beatsPerBar))
  })

/** @param otherwise what the key does while no suggestion is selected */
const withGhost = (run: (tools: DeskTools, ghost: Ghost) => void, otherwise?: (tools: DeskTools) => void): Perform =>
  always((tools) => {
    const { ghosts, selectedGhost } = tools.desk.getState()
    const ghost = ghosts.find(({ id }) => id === selectedGhost)
    if (ghost) run(tools, ghost)
    else otherwise?.(tools)
  })

const ACTIONS: Readonly<Record<DeskAction, Perform>> = {
  'label intro': always((tools) => labelWith(tools, 'intro')),
  'label build': always((tools) => labelWith(tools, 'build')),
  'label drop': always((tools) => labelWith(tools, 'drop')),
  'label break': always((tools) => labelWith(tools, 'break')),
  'label outro': always((tools) => labelWith(tools, 'outro')),
  'label verse': always((tools) => labelWith(tools, 'verse')),
  'label chorus': always((tools) => labelWith(tools, 'chorus')),
  play: always(toggle),
  'play section': always((tools) => loopSelection(tools, true)),
  loop: always((tools) => loopSelection(tools, false)),
  back: move(() => -1),
  forward: move(() => 1),
  'bar back': move((bar) => -bar),
  'bar forward': move((bar) => bar),
  'phrase back': move((bar) => -bar * BARS_PER_STRIDE),
  'phrase forward': move((bar) => bar * BARS_PER_STRIDE),
  'leap back': move((bar) => -bar * BARS_PER_LEAP),
  'leap forward': move((bar) => bar * BARS_PER_LEAP),
  'set start': always((tools) => moveSelectedEdge(tools, 'start', () => playheadBeat(tools))),
  'set end': always((tools) => moveSelectedEdge(tools, 'end', () => playheadBeat(tools))),
  'start earlier': always((tools) => moveSelectedEdge(tools, 'start', ({ startBeat }) => startBeat - 1)),
  'start later': always((tools) => moveSelectedEdge(tools, 'start', ({ startBeat }) => startBeat + 1)),
  'end later': always((tools) => moveSelectedEdge(tools, 'end', ({ endBeat }) => endBeat + 1)),
  'end earlier': always((tools) => moveSelectedEdge(tools, 'end', ({ endBeat }) => endBeat - 1)),
  'next section': (tools) => selectNext(tools, 1),
  'previous section': (tools) => selectNext(tools, -1),
  'next label': (tools) => selectNextLabel(tools, 1),
  'previous label': (tools) => selectNextLabel(tools, -1),
  split: always(splitAtPlayhead),
  merge: always(mergeSelected),
  repeat: always((tools) => void copyToRepeats(tools).catch(notifyProblem)),
  why: always(({ desk }) => desk.setState(({ isAskingWhy }) => ({ isAskingWhy: !isAskingWhy }))),
  accept: withGhost(acceptGhost, selectGhostHere),
  'accept all': always((tools) => acceptSurer(tools, 0)),
  reject: withGhost(rejectGhost),
  delete: withGhost(rejectGhost, deleteSelected),
  confirm: withGhost(acceptGhost, closeTap),
  // With nothing to let go of, the key is left to what else it closes.
  cancel: ({ desk }) => {
    const { selectedBeat, selectedGhost, tap, preview } = desk.getState()
    const held = [selectedBeat, selectedGhost, tap, preview, usePlayer.getState().loop]
    desk.setState({ selectedBeat: null, selectedGhost: null, tap: null, preview: null })
    setLoop(null)
    return held.some((one) => one !== null)
  },
  undo: always((tools) => stepThrough(tools, undo)),
  redo: always((tools) => stepThrough(tools, redo)),
  'zoom in': always(({ desk }) => zoomBy(desk, ZOOM_STEP, position())),
  'zoom out': always(({ desk }) => zoomBy(desk, 1 / ZOOM_STEP, position())),
  'whole track': always(({ desk }) =>
    desk.setState(({ durationSeconds }) => ({ view: { from: 0, to: durationSeconds } })),
  ),
  'zoom to section': always((tools) => {
    const span = selectedSpan(tools)
    const grid = gridOf(tools.desk.getState())
    if (span) zoomTo(tools.desk, { from: beatsToSeconds(grid, span.startBeat), to: beatsToSeconds(grid, span.endBeat) })
  }),
  snap: always(({ desk }) => desk.setState(({ snap }) => ({ snap: SNAPS[(SNAPS.indexOf(snap) + 1) % SNAPS.length]! }))),
  'bar later': always((tools) => editGrid(tools, { kind: 'shift', beats: 1 })),
  'bar earlier': always((tools) => editGrid(tools, { kind: 'shift', beats: -1 })),
  'the one': always((tools) => editGrid(tools, { kind: 're-anchor', seconds: position(), as: 'downbeat' })),
  pin: always((tools) => editGrid(tools, { kind: 'pin', seconds: position() })),
  'half beat later': always((tools) => editGrid(tools, { kind: 'half-beat', direction: 'later' })),
  'other grid': (tools) => {
    const [likeliest] = likelyAlternatives(gridOf(tools.desk.getState()))
    if (likeliest) editGrid(tools, likeliest.edit)
    return likeliest !== undefined
  },
  'tap tempo': always(({ desk }) => {
    const taps = tap(desk.getState().taps, performance.now())
    const heard = tappedBpm(taps)
    const bpm = heard && heard / rate()
    const said = bpm === null ? 'Keep tapping.' : `Tapped ${bpm.toFixed(1)} BPM: “Set tempo” takes it.`
    desk.setState({ taps, tappedBpm: bpm, said })
  }),
  click: always(toggleMetronome),
  energy: always(toggleEnergy),
  'next track': always((tools) => tools.nextTrack()),
  'previous track': always((tools) => tools.previousTrack()),
}

/** Does what a key or a button asks for. @returns false where there was nothing to do */
export const perform = (tools: DeskTools, action: DeskAction): boolean => ACTIONS[action](tools)
