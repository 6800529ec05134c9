import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { Label } from '../../core/labels/label.ts'
import { textOnColour } from '../../core/labels/own-kind.ts'
import { SECTION_COLOURS, SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import { shownPercent } from '../kit/words/percent-text.ts'
import { type Frame, xOf } from './paint-peaks.ts'

export type Lane = Frame & { readonly colour: (name: string) => string }

/** Text on the colour of a kind: black everywhere but on the dark grey of verses. */
export const textOn = (kind: SectionKind): string => (kind === 'verse' ? '#ffffff' : '#000000')

const LEAST_PIXELS_FOR_WORDS = 16

const rectangleOf = (lane: Lane, grid: BeatGrid, span: Span): { readonly x: number; readonly width: number } => {
  const x = xOf(lane, beatsToSeconds(grid, span.startBeat))
  return { x, width: xOf(lane, beatsToSeconds(grid, span.endBeat)) - x }
}

/** The longest of the texts that has room. */
export const writeIn = (
  context: CanvasRenderingContext2D,
  texts: readonly string[],
  box: { readonly x: number; readonly width: number; readonly y: number },
): void => {
  const start = Math.max(box.x, 0) + 6
  const fitting = texts.find((text) => start + context.measureText(text).width + 4 < box.x + box.width)
  if (fitting !== undefined) context.fillText(fitting, start, box.y)
}

type ShownKind = { readonly name: string; readonly colour: string; readonly key: string | null }
/** Kinds of the person's own, by their ids. */
type OwnKinds = ReadonlyMap<number, ShownKind>

const shownKind = ({ kind, ownKindId }: Pick<Label, 'kind' | 'ownKindId'>, own: OwnKinds): ShownKind =>
  (ownKindId === undefined ? undefined : own.get(ownKindId)) ?? {
    name: kind,
    colour: SECTION_COLOURS[kind],
    key: String(SECTION_KINDS.indexOf(kind) + 1),
  }

/** Labels as solid bars with the key and the word of their kind; the selected one has a bright frame. */
export const paintLabels = (
  context: CanvasRenderingContext2D,
  {
    grid,
    labels,
    selected,
    own,
  }: {
    readonly grid: BeatGrid
    readonly labels: readonly Label[]
    readonly selected: Span | null
    readonly own: OwnKinds
  },
  lane: Lane,
): void => {
  context.font = '600 12px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const label of labels) {
    const { x, width } = rectangleOf(lane, grid, label)
    if (x > lane.left + lane.width || x + width < lane.left) continue
    const { name, colour, key } = shownKind(label, own)
    context.fillStyle = colour
    context.fillRect(x, lane.top, width, lane.height)
    context.strokeStyle = lane.colour('--section-outline')
    context.lineWidth = 1
    context.strokeRect(x + 0.5, lane.top + 0.5, Math.max(0, width - 1), lane.height - 1)
    if (lane.height >= LEAST_PIXELS_FOR_WORDS) {
      context.fillStyle = textOnColour(colour)
      writeIn(context, key === null ? [name] : [`${key} ${name}`, key], { x, width, y: lane.top + lane.height / 2 })
    }
    if (selected?.startBeat !== label.startBeat) continue
    context.strokeStyle = lane.colour('--text')
    context.lineWidth = 3
    context.strokeRect(x + 1.5, lane.top + 1.5, Math.max(0, width - 3), lane.height - 3)
  }
}

export type Ghost = Span & {
  readonly id: string
  readonly kind: SectionKind
  readonly confidence: number
  readonly runnerUp: SectionKind | null
  /** The person's own kind that it is; left out where it is the kind alone. */
  readonly ownKindId?: number | undefined
  /** The other program that it comes from; null for one of a model. */
  readonly importedFrom: string | null
  /** What the version that reads it so was trained for; left out for all of the library. */
  readonly scope?: string | undefined
}

const HATCH_PIXELS = 7

/** Suggestions: hatched, in the colour of their kind, with how sure the model is, or where it comes from. */
export const paintGhosts = (
  context: CanvasRenderingContext2D,
  {
    grid,
    ghosts,
    selectedId,
    own,
  }: {
    readonly grid: BeatGrid
    readonly ghosts: readonly Ghost[]
    readonly selectedId: string | null
    readonly own: OwnKinds
  },
  lane: Lane,
): void => {
  context.font = '12px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const ghost of ghosts) {
    const { x, width } = rectangleOf(lane, grid, ghost)
    if (x > lane.left + lane.width || x + width < lane.left) continue
    const { name, colour, key } = shownKind(ghost, own)
    context.save()
    context.beginPath()
    context.rect(x, lane.top, width, lane.height)
    context.clip()
    context.strokeStyle = colour
    context.lineWidth = 2
    context.globalAlpha = 0.55
    const [begin, end] = [Math.max(x, lane.left) - lane.height, Math.min(x + width, lane.left + lane.width)]
    context.beginPath()
    for (let at = begin - (begin % HATCH_PIXELS); at < end; at += HATCH_PIXELS) {
      context.moveTo(at, lane.top + lane.height)
      context.lineTo(at + lane.height, lane.top)
    }
    context.stroke()
    context.restore()
    context.strokeStyle = ghost.id === selectedId ? lane.colour('--text') : colour
    context.lineWidth = ghost.id === selectedId ? 2 : 1
    context.strokeRect(x + 0.5, lane.top + 0.5, Math.max(0, width - 1), lane.height - 1)
    context.fillStyle = lane.colour('--text')
    writeIn(
      context,
      [`${name}? ${ghost.importedFrom ?? `${shownPercent(ghost.confidence)} %`}`, `${name}?`, `${key ?? ''}?`],
      {
        x,
        width,
        y: lane.top + lane.height / 2,
      },
    )
  }
}
