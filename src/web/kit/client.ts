import { createClient } from '../../api/contract/client.ts'

/** One function for each operation of the server that served this page. */
export const client = createClient()
