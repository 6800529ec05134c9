/**
 * A layer of Sonic Visualiser (`.svl`): XML with a model that gives the sample rate, and a data set of points at frames. Points of a region
 * layer have a duration; those of a layer of instants reach to the next. Of several layers the first counts whose names are known.
 * https://www.sonicvisualiser.org/doc/reference/ (Export Annotation Layer)
 */
import { SaxesParser } from 'saxes'
import { UserError } from '../support/user-error.ts'
import { closePoints } from './close-points.ts'
import type { LabelCodec } from './label-codec.ts'
import { type ForeignLabel, UNKNOWN_TRACK, unplacedLabel } from './labelled-track.ts'

const START = /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!DOCTYPE[^>[]{0,200}>\s*)?<sv[\s>]/i

type Attributes = Readonly<Record<string, string>>
type DataSet = { readonly id: string; readonly points: Attributes[] }

const malformed = (detail: string): never => {
  throw new UserError('IMPORT_MALFORMED', `Sonic Visualiser layer: ${detail}`)
}

const readDocument = (text: string): { readonly models: readonly Attributes[]; readonly sets: readonly DataSet[] } => {
  const models: Attributes[] = []
  const sets: DataSet[] = []
  const parser = new SaxesParser()
  parser.on('error', ({ message }) => malformed(`${message.slice(0, 160)}.`))
  // A document type of its own could define entities without end.
  parser.on('doctype', (doctype) => doctype.includes('[') && malformed('it defines entities, which are not read.'))
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'model') models.push(attributes)
    if (name === 'dataset') sets.push({ id: attributes.id ?? '', points: [] })
    if (name === 'point') sets.at(-1)?.points.push(attributes)
  })
  parser.write(text).close()
  return { models, sets }
}

const frameOf = (text: string | undefined): number => {
  const frame = text === undefined ? Number.NaN : Number(text)
  return Number.isFinite(frame) ? frame : malformed(`a point has the frame ${JSON.stringify(text ?? null)}.`)
}

const toLabel = ({ frame, duration, label }: Attributes, sampleRate: number): ForeignLabel => {
  const start = frameOf(frame) / sampleRate
  return {
    ...unplacedLabel(label ?? ''),
    startSeconds: start,
    endSeconds: duration === undefined ? null : start + frameOf(duration) / sampleRate,
  }
}

/** @throws IMPORT_MALFORMED with the place */
const parseLayers = (text: string): readonly ForeignLabel[] => {
  const { models, sets } = readDocument(text)
  const layers = sets.map(({ id, points }) => {
    const sampleRate = Number(models.find(({ dataset }) => dataset === id)?.sampleRate ?? models[0]?.sampleRate)
    if (points.length > 0 && !(sampleRate > 0)) malformed('no model gives the sample rate.')
    return points.map((point) => toLabel(point, sampleRate))
  })
  const named = layers.find((labels) => labels.some(({ kind }) => kind !== null))
  return closePoints(named ?? layers.find((labels) => labels.length > 0) ?? [])
}

export const sonicVisualiser = {
  basis: 'text',
  sniff: ({ text }) => START.test(text.slice(0, 1000)),
  parse: ({ text }) => [{ ...UNKNOWN_TRACK, labels: parseLayers(text) }],
} as const satisfies LabelCodec
