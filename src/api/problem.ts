import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { ErrorCode } from '../core/support/error-catalogue.ts'
import { snakeCase } from '../core/support/snake-case.ts'
import { BUG_HINT, errorText, UserError } from '../core/support/user-error.ts'
import { LabelsChanged } from '../engine/labelling/labels-changed.ts'
import { statusOf } from './error-status.ts'
import type { problem } from './operations/fields.ts'
import { HTML_TYPE, problemPage, wantsPage } from './problem-page.ts'
import { labelDocument } from './views/label-document.ts'

/** What fastify refuses before a handler sees it, in the words of the catalogue. */
const CODE_OF_STATUS = {
  400: 'MALFORMED_REQUEST',
  404: 'ROUTE_NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  416: 'RANGE_NOT_SATISFIABLE',
} as const

type FieldError = { readonly pointer: string; readonly message: string }

const toUserError = (error: FastifyError): { error: UserError | null; fields: readonly FieldError[] } => {
  if (error instanceof UserError) return { error, fields: [] }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message }) => ({
      pointer: `/${error.validationContext}${instancePath}`,
      message: message ?? 'not valid',
    }))
    const detail = fields.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ')
    return { error: new UserError('VALIDATION_FAILED', detail), fields }
  }
  const code = CODE_OF_STATUS[error.statusCode as keyof typeof CODE_OF_STATUS]
  return { error: code === undefined ? null : new UserError(code, error.message), fields: [] }
}

/** Whether something went wrong inside, and not with what was asked. */
export const isBug = (error: FastifyError): boolean => toUserError(error).error === null

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

type Statuses = Readonly<Partial<Record<ErrorCode, number>>>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where a code means something else to this route than to the others. */
    readonly statuses?: Statuses
    /** Its answer goes on until the client leaves. */
    readonly isEndless?: boolean
  }
}

type ProblemParts = { readonly fields?: readonly FieldError[]; readonly statuses?: Statuses | undefined }

/** Labels are told as everywhere on the wire. */
const detailsOf = (error: UserError): UserError['details'] =>
  error instanceof LabelsChanged ? { labels: error.labels.map(labelDocument) } : snakeCase(error.details)

/** RFC 9457: `code`, the catalogue's words as `title`, `hint`, and `error` with title and detail. @param error null for a bug */
export const problemOf = (
  error: UserError | null,
  { fields = [], statuses = {} }: ProblemParts = {},
): z.output<typeof problem> => {
  const title = error?.title ?? STATUS_CODES[500]!
  const detail = error?.message ?? 'Something went wrong inside Algiers.'
  return {
    ...(error && detailsOf(error)),
    type: error === null ? 'about:blank' : `urn:algiers:error:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: error === null ? 500 : (statuses[error.code] ?? statusOf(error.code)),
    code: error?.code ?? 'INTERNAL',
    detail,
    error: errorText({ title, detail }),
    hint: error?.hint ?? BUG_HINT,
    ...(fields.length > 0 && { errors: [...fields] }),
  }
}

/** A full queue or a disk that refuses is worth another try after a while. */
const RETRY_AFTER_SECONDS = 5

/** What a status wants beside the document. */
const headersOf = (status: number): Readonly<Record<string, string>> => {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="Algiers"' }
  return status === 429 || status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}
}

/** Answers with a problem document, or a page that says the same to a person. What is no error of the catalogue is a bug: it is reported, and told without any inside. */
export const sendProblem = (
  reply: FastifyReply,
  thrown: FastifyError | UserError,
  report: (bug: unknown) => void,
): FastifyReply => {
  const { error, fields } = toUserError(thrown as FastifyError)
  if (error === null) report(thrown)
  const document = problemOf(error, { fields, statuses: reply.routeOptions?.config.statuses })
  reply.code(document.status).headers(headersOf(document.status))
  if (wantsPage(reply.request)) return reply.type(HTML_TYPE).serializer(String).send(problemPage(document))
  return reply.header('content-type', PROBLEM_TYPE).serializer(JSON.stringify).send(document)
}
