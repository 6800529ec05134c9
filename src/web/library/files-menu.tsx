import { ChevronDown } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { MenuButton, MenuItem } from '../kit/elements/menu-button.tsx'
import { ignoreSelected, relocateSelected, removeSelected } from './track-files-state.ts'

/** What can be done with the files of the selected tracks. */
export const FilesMenu = (): ReactElement => (
  <MenuButton
    button={<Button />}
    face={
      <>
        Files <ChevronDown size={14} aria-hidden="true" />
      </>
    }
  >
    <MenuItem name="Relocate…" run={relocateSelected} />
    <MenuItem name="Ignore these files" run={ignoreSelected} />
    <MenuItem name="Remove from library" run={removeSelected} />
  </MenuButton>
)
