import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import { notifyProblem } from '../shell/notices.tsx'

export const LibraryScreen = (): ReactElement => {
  const { data, error } = useQuery({ queryKey: keys.tracks, queryFn: () => client.listTracks({ query: {} }) })
  useEffect(() => {
    if (error) notifyProblem(error)
  }, [error])
  return <h1>{data ? `${data.total} tracks` : 'Library'}</h1>
}
