import type { StartOutcome } from './start-detached.ts'

export type Served = Exclude<StartOutcome, { readonly error: unknown }>

type Asked = { readonly method?: 'GET' | 'POST'; readonly body?: Buffer }

/**
 * Asks a server that runs already; only what starts or ends it does so, everything else opens the library itself.
 * @returns null where the server does not know that, or refuses it
 */
export const askServer = async (
  { address, token }: Served,
  path: string,
  { method = 'GET', body }: Asked = {},
): Promise<Response | null> => {
  const answer = await fetch(address + path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  })
  return answer.ok ? answer : null
}
