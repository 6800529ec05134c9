import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Button } from '../elements/button.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import styles from './add-folder.module.css'
import { type DroppedFolder, findDropped } from './match-folder.ts'

const list = (path: string): ReturnType<typeof client.listFolders> => client.listFolders({ query: { path } })

const search = async (dropped: DroppedFolder): Promise<Awaited<ReturnType<typeof findDropped>>> => {
  const { places } = await client.listFolders({ query: {} })
  return findDropped(
    dropped,
    places.map(({ path }) => path),
    // What may not be read is not where the music lies.
    (path) => list(path).catch(() => null),
  )
}

type DroppedMatchesProps = { readonly dropped: DroppedFolder; readonly onChoose: (path: string) => void }

/** Which folder was dropped: a browser tells its name only, so the folders of that name are offered. */
export const DroppedMatches = ({ dropped, onChoose }: DroppedMatchesProps): ReactElement => {
  const { data, error } = useQuery({ queryKey: ['dropped', dropped], queryFn: () => search(dropped), staleTime: 0 })
  if (error) return <ProblemNote error={error} />
  return (
    <section className={styles.matches} aria-label={`You dropped ${dropped.name}`}>
      <strong>You dropped “{dropped.name}”</strong>
      <p className="quiet">
        A browser tells the name of a dropped folder, but not where it lies.{' '}
        {data === undefined
          ? 'Looking for it in the usual places…'
          : data.length === 0
            ? 'No folder of that name is in the usual places: choose it below, or paste its path.'
            : 'Which one is it?'}
      </p>
      {data && data.length > 0 && (
        <ul>
          {data.map(({ path, isSureMatch }) => (
            <li key={path}>
              <Button onClick={() => onChoose(path)}>{path}</Button>{' '}
              {isSureMatch && <span className="quiet">has the same folders inside</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
