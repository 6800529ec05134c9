import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { noneOfUnknownTrack } from '../none-of-unknown-track.ts'
import { labelOperations } from '../operations/labels.ts'
import { routesOf } from '../routes-of.ts'
import { sendList } from '../send-list.ts'
import { labelDocument, labelQualityDocument, warningsDocument } from '../views/label-document.ts'

type GivenSpan = {
  readonly start_beat?: number | null | undefined
  readonly end_beat?: number | null | undefined
  readonly start_time_seconds?: number | null | undefined
  readonly end_time_seconds?: number | null | undefined
}

const spanOf = (given: GivenSpan): Record<'startBeat' | 'endBeat' | 'startSeconds' | 'endSeconds', number | null> => ({
  startBeat: given.start_beat ?? null,
  endBeat: given.end_beat ?? null,
  startSeconds: given.start_time_seconds ?? null,
  endSeconds: given.end_time_seconds ?? null,
})

const kindsOf = (list: string | undefined): SectionKind[] =>
  (list ?? '').split(',').flatMap((name) => {
    if (name === '') return []
    if (!isSectionKind(name))
      throw new UserError('LABEL_KIND_UNKNOWN', `${JSON.stringify(name)} is not a section kind.`)
    return [name]
  })

export const labelRoutes = routesOf(labelOperations)(({ labelling }) => ({
  addLabel: async (
    { query: { overlap }, body: { track_id, label_value, own_kind_id: ownKindId, source, ...span } },
    reply,
  ) => {
    const request = { kind: label_value, ownKindId, source, ...spanOf(span) }
    const added = await labelling.add(String(track_id), request, { overlap, keepEqual: true })
    const [kept] = added.unchanged
    reply.code(kept ? 200 : 201)
    return {
      ...labelDocument(kept ?? added.labels[0]!),
      message: kept ? 'label already exists' : 'label created',
      ...warningsDocument(added.warnings),
    }
  },
  listLabels: async ({ query: { track_id, label: kind } }, reply) => {
    if (kind !== undefined && !isSectionKind(kind)) return []
    if (track_id === undefined) return sendList(reply, await labelling.pieces(kind), labelDocument)
    const filter = { track: String(track_id), ...(kind === undefined ? {} : { kind }) }
    return (await labelling.list(filter).catch(noneOfUnknownTrack)).map(labelDocument)
  },
  labelStats: async ({ query }) => snakeCase(await labelling.stats(kindsOf(query.exclude))),
  labelQuality: async () => labelQualityDocument(await labelling.quality()),
  changeLabel: async ({ params, query, body: { label_value, own_kind_id: ownKindId, ...span } }) => {
    const update = { ownKindId, ...(label_value === undefined ? {} : { kind: label_value }), ...spanOf(span) }
    const changed = await labelling.update(params.id, update, { overlap: query.overlap })
    return { ...labelDocument(changed.labels[0]!), ...warningsDocument(changed.warnings) }
  },
  deleteLabel: async ({ params }) => {
    await labelling.delete(params.id)
    return { message: 'label deleted' }
  },
  replaceLabels: async ({ params, body }) => {
    const requests = body.labels.map(({ id, label_value, own_kind_id: ownKindId, source, ...span }) => ({
      id,
      kind: label_value,
      ownKindId,
      ...(source ? { source } : {}),
      ...spanOf(span),
    }))
    const track = String(params.id)
    const replaced = await labelling.replace(track, requests, { revision: body.revision })
    return {
      labels: replaced.labels.map(labelDocument),
      labels_revision: await labelling.revision(track),
      ...warningsDocument(replaced.warnings),
    }
  },
}))
