import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import styles from './add-folder.module.css'
import { type Candidate, type DroppedFolder, findDropped } from './match-folder.ts'

const list = (path: string): ReturnType<typeof client.listFolders> => client.listFolders({ query: { path } })

/** The evidence for and against a folder. */
const evidence = ({ isSureMatch, inside, shared }: Candidate): string => {
  if (isSureMatch) return 'holds what you dropped'
  return inside === 0 ? 'holds no music' : `holds ${shared} of what you dropped, and ${inside - shared} other`
}

/** The usual places, and where the folders of the library lie: what is added next is often beside them. */
const placesToSearch = async (): Promise<readonly string[]> => {
  const [{ places }, roots] = await Promise.all([client.listFolders({ query: {} }), client.listRoots()])
  const known = roots.filter(({ is_demo, offline_since }) => !is_demo && offline_since === null)
  const beside = await Promise.all(known.map(({ path }) => list(path).catch(() => null)))
  return [...beside.flatMap((listing) => listing?.parent ?? []), ...places.map(({ path }) => path)]
}

const search = async (dropped: DroppedFolder): Promise<Awaited<ReturnType<typeof findDropped>>> => {
  return findDropped(
    dropped,
    await placesToSearch(),
    // A folder that may not be read is not where the music lies.
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
        A browser tells only the name and contents of a dropped folder, not where it is.{' '}
        {data === undefined
          ? 'Looking in the usual places and next to your folders…'
          : data.length === 0
            ? 'No folder of that name is in the usual places or next to your folders. Choose it below, or paste its path.'
            : 'Which one is it?'}
      </p>
      {data && data.length > 0 && (
        <ul>
          {data.map((candidate) => (
            <li key={candidate.path}>
              <Button onClick={() => onChoose(candidate.path)}>{candidate.path}</Button>{' '}
              <span className="quiet">{evidence(candidate)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
