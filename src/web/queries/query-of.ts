import { queryOptions } from '@tanstack/react-query'
import type { Answer, AnyInput, ClientName, Given } from '../../api/operations/client.ts'
import type { operations } from '../../api/operations/operations.ts'
import { client } from '../kit/client.ts'

type ReadName = {
  [Name in ClientName]: (typeof operations)[Name] extends { readonly method: 'GET' } ? Name : never
}[ClientName]

/** The name of the operation, the parts of the address, and what else is asked for: what is stale is found by the beginning. */
const keyOf = (name: ReadName, { params = {}, query = {} }: AnyInput = {}): readonly unknown[] => [
  name,
  ...Object.values(params),
  ...(Object.keys(query).length === 0 ? [] : [query]),
]

/** The query of an operation: its key, and how its answer is fetched. */
export const queryOf = <Name extends ReadName>(name: Name, ...given: Given<Name>) =>
  queryOptions({
    queryKey: keyOf(name, given[0]),
    queryFn: (): Promise<Answer<Name>> => client[name](...given),
  })
