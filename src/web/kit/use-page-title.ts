import { useEffect } from 'react'

/** Names the tab after what is on the screen. @param name null: the screen names itself */
export const usePageTitle = (name: string | null): void => {
  useEffect(() => {
    if (name !== null) document.title = `${name} – Algiers`
  }, [name])
}
