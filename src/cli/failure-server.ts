import type { IncomingMessage, ServerResponse } from 'node:http'
import { pageAddress } from '../api/guard.ts'
import type { ErrorReport } from '../core/support/user-error.ts'
import { failurePage, LOG, type OfferedCopy, REPORT, REPORT_WITH_NAMES } from './failure-page.ts'
import { pageHeaders, type SecretServer, serveSecretly } from './secret-server.ts'
import type { StartOutcome } from './start-detached.ts'

const MOST_FORM_BYTES = 1024

/** What can be done about a start that failed. */
export type Remedies = {
  readonly dataDir: string
  readonly begin: () => Promise<StartOutcome>
  /** Copies that could take the place of the library; none where that is not what is wrong. */
  readonly copies: (error: ErrorReport) => Promise<readonly OfferedCopy[]>
  /** @returns why that was not possible; null where it was */
  readonly restore: (name: string) => Promise<ErrorReport | null>
  /** What whoever mends Algiers has to know, as text. @param withNames whether titles and paths may be in it */
  readonly report: (error: ErrorReport, withNames: boolean) => Promise<string>
  /** The end of the log. */
  readonly log: () => Promise<string>
}

const TEXT = { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' } as const
const AS_FILE = { 'content-disposition': 'attachment; filename="algiers-report.txt"' } as const

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string
    if (text.length > MOST_FORM_BYTES) break
  }
  return new URLSearchParams(text)
}

/**
 * Shows why Algiers could not start, on a page of its own since the real one needs a library. It ends once Algiers has started after all,
 * or nobody looks at the page any more.
 */
export const serveFailure = async (first: ErrorReport, remedies: Remedies): Promise<SecretServer> => {
  let error = first
  const show = async (response: ServerResponse): Promise<void> => {
    const copies = await remedies.copies(error)
    const path = new URL(server.address).pathname
    response.writeHead(200, pageHeaders()).end(failurePage({ error, copies, path, dataDir: remedies.dataDir }))
  }
  const act = async (form: URLSearchParams, response: ServerResponse): Promise<void> => {
    const name = form.get('restore')
    const refusal = name === null ? null : await remedies.restore(name)
    const outcome = refusal === null ? await remedies.begin() : { error: refusal }
    if ('error' in outcome) {
      error = outcome.error
      return show(response)
    }
    const location = pageAddress(outcome.address, outcome.token)
    response.writeHead(303, { ...pageHeaders(), location, connection: 'close' }).end(server.end)
  }
  const server = await serveSecretly(async ({ request, response, rest }) => {
    if (request.method !== 'POST') {
      if (rest === LOG) return void response.writeHead(200, TEXT).end(await remedies.log())
      if (rest === REPORT || rest === REPORT_WITH_NAMES) {
        const text = await remedies.report(error, rest === REPORT_WITH_NAMES)
        return void response.writeHead(200, { ...TEXT, ...AS_FILE }).end(text)
      }
    }
    if (rest !== '') return void response.writeHead(404).end()
    return request.method === 'POST' ? act(await readForm(request), response) : show(response)
  })
  return server
}
