import { z } from 'zod'
import type { App } from '../../app.ts'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { idParams } from '../contract/fields.ts'
import {
  addedLabel,
  changedLabel,
  done,
  label,
  labelQuality,
  labelQuery,
  labelStats,
  newLabel,
  overlapQuery,
  paintedLabels,
  replacedLabels,
  statsQuery,
  updatedLabel,
} from '../contract/labels.ts'
import { labelDocument, labelQualityDocument } from '../label-document.ts'
import type { ApiServer } from '../server.ts'

/** As many labels as one body may hold, with beats and seconds. */
const MOST_BULK_BYTES = 4 << 20

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
    if (!isSectionKind(name)) throw new UserError('LABEL_KIND_UNKNOWN', `${JSON.stringify(name)} is no section kind.`)
    return [name]
  })

export const labelRoutes = (server: ApiServer, app: App): void => {
  server.post(
    '/api/training/labels',
    {
      schema: {
        tags: ['labels'],
        querystring: overlapQuery,
        body: newLabel,
        response: { 200: addedLabel, 201: addedLabel },
      },
    },
    async (request, reply) => {
      const { track_id, label_value, source, ...span } = request.body
      const added = await app.labelling.add(
        String(track_id),
        { kind: label_value, source, ...spanOf(span) },
        { overlap: request.query.overlap, keepEqual: true },
      )
      const [kept] = added.unchanged
      reply.code(kept ? 200 : 201)
      return {
        ...labelDocument(kept ?? added.labels[0]!),
        message: kept ? 'label exists already' : 'label created',
        warnings: [...added.warnings],
      }
    },
  )
  server.get(
    '/api/training/labels',
    { schema: { tags: ['labels'], querystring: labelQuery, response: { 200: z.array(label) } } },
    async ({ query: { track_id, label: kind } }) => {
      const labels = await app.labelling.list({
        ...(track_id === undefined ? {} : { track: String(track_id) }),
        ...(kind === undefined ? {} : { kind }),
      })
      return labels.map(labelDocument)
    },
  )
  server.get(
    '/api/training/labels/stats',
    { schema: { tags: ['labels'], querystring: statsQuery, response: { 200: labelStats } } },
    async ({ query }) => snakeCase(await app.labelling.stats(kindsOf(query.exclude))) as z.infer<typeof labelStats>,
  )
  server.get(
    '/api/training/labels/quality',
    { schema: { tags: ['labels'], response: { 200: labelQuality } } },
    async () => labelQualityDocument(await app.labelling.quality()),
  )
  server.patch(
    '/api/training/labels/:id',
    {
      schema: {
        tags: ['labels'],
        params: idParams,
        querystring: overlapQuery,
        body: changedLabel,
        response: { 200: updatedLabel },
      },
    },
    async ({ params, query, body: { label_value, ...span } }) => {
      const update = { ...(label_value === undefined ? {} : { kind: label_value }), ...spanOf(span) }
      const { labels, warnings } = await app.labelling.update(params.id, update, { overlap: query.overlap })
      return { ...labelDocument(labels[0]!), warnings: [...warnings] }
    },
  )
  server.delete(
    '/api/training/labels/:id',
    { schema: { tags: ['labels'], params: idParams, response: { 200: done } } },
    async ({ params }) => {
      await app.labelling.delete(params.id)
      return { message: 'label deleted' }
    },
  )
  server.put(
    '/api/tracks/:id/labels',
    {
      bodyLimit: MOST_BULK_BYTES,
      schema: { tags: ['labels'], params: idParams, body: paintedLabels, response: { 200: replacedLabels } },
    },
    async ({ params, body }) => {
      const requests = body.labels.map(({ id, label_value, source, ...span }) => ({
        id,
        kind: label_value,
        ...(source ? { source } : {}),
        ...spanOf(span),
      }))
      const track = String(params.id)
      const { labels, warnings } = await app.labelling.replace(track, requests, { revision: body.revision })
      return {
        labels: labels.map(labelDocument),
        labels_revision: await app.labelling.revision(track),
        warnings: [...warnings],
      }
    },
  )
}
