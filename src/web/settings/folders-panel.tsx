import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { openFolders } from '../library/folders-state.ts'
import { RootList } from '../library/root-list.tsx'
import { useRoots } from '../queries/use-roots.ts'

/** The folders that are read for music. */
export const FoldersPanel = (): ReactElement => {
  const { data: roots } = useRoots()
  return (
    <Panel title="Music folders" aside={<Button onClick={() => openFolders()}>Add a folder…</Button>}>
      <RootList />
      {roots?.length === 0 && <p className="quiet">None yet: add the folder where your music lies.</p>}
    </Panel>
  )
}
