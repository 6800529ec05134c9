import { z } from 'zod'
import { LONGEST_KIND_NAME, OWN_KIND_KEYS } from '../../core/labels/own-kind.ts'
import { idParams, keptName as name, sectionKind, toldStep } from './fields.ts'
import { operationsOf } from './operation.ts'

const ownKind = z.object({
  id: z.number(),
  lens_id: z.number(),
  name: z.string(),
  colour: z.string(),
  /** Labels with it on the desk. */
  key: z.string().nullable(),
  /** Which of the seven it is for everybody else: on the wire, in training where it has too few labels, in exports. */
  maps_to: sectionKind,
  labels: z.number(),
  /** Taken out of its lens; labels keep it. */
  is_removed: z.boolean(),
})
/** A vocabulary of the person's own, beside the seven kinds. */
const lens = z.object({ id: z.number(), name: z.string(), kinds: z.array(ownKind) })

const given = {
  name: name.max(LONGEST_KIND_NAME),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  key: z.enum(OWN_KIND_KEYS).nullable(),
  maps_to: sectionKind,
}

const { get, post, patch, remove } = operationsOf('labels')

export const lensOperations = {
  listLenses: get('/api/lenses', {
    summary: 'Lists the lenses with their kinds.',
    response: { 200: z.array(lens) },
    staleAfter: ['lenses', 'labels'],
  }),
  listOwnKinds: get('/api/own-kinds', {
    summary: 'Lists all kinds of the person’s own that labels may have, removed ones, too.',
    response: { 200: z.array(ownKind) },
    staleAfter: ['lenses', 'labels'],
  }),
  addLens: post('/api/lenses', {
    summary: 'Makes a lens; one of that name that was removed comes back with its kinds.',
    body: z.strictObject({ name }),
    response: { 201: lens },
  }),
  renameLens: patch('/api/lenses/:id', {
    summary: 'Gives a lens another name.',
    params: idParams,
    body: z.strictObject({ name }),
    response: { 200: lens },
  }),
  removeLens: remove('/api/lenses/:id', {
    summary: 'Removes a lens; labels keep its kinds.',
    params: idParams,
    response: { 200: toldStep },
  }),
  addOwnKind: post('/api/lenses/:id/kinds', {
    summary: 'Adds a kind to a lens.',
    params: idParams,
    body: z.strictObject({ ...given, key: given.key.default(null) }),
    response: { 201: ownKind },
  }),
  changeOwnKind: patch('/api/own-kinds/:id', {
    summary: 'Changes a kind; what it maps to changes on all of its labels, too.',
    params: idParams,
    body: z.strictObject(given).partial(),
    response: { 200: ownKind },
  }),
  removeOwnKind: remove('/api/own-kinds/:id', {
    summary: 'Takes a kind out of its lens; labels keep it.',
    params: idParams,
    response: { 200: toldStep },
  }),
}
