import type { IncomingMessage, ServerResponse } from 'node:http'
import { pageAddress } from '../api/guard.ts'
import type { ErrorReport } from '../core/support/user-error.ts'
import { failurePage, type OfferedCopy } from './failure-page.ts'
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
}

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
    if (rest !== '') return void response.writeHead(404).end()
    return request.method === 'POST' ? act(await readForm(request), response) : show(response)
  })
  return server
}
