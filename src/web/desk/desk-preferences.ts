import { create } from 'zustand'

type DeskPreferences = { readonly isEnergyShown: boolean }

const STORED_AS = 'algiers.desk-energy'

/** How the desk looks, on every track and after a reload. */
export const useDeskPreferences = create<DeskPreferences>(() => ({
  isEnergyShown: localStorage.getItem(STORED_AS) !== 'off',
}))

export const toggleEnergy = (): void => {
  const isEnergyShown = !useDeskPreferences.getState().isEnergyShown
  useDeskPreferences.setState({ isEnergyShown })
  localStorage.setItem(STORED_AS, isEnergyShown ? 'on' : 'off')
}
