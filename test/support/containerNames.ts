import type { Container } from '../../native-host/protocol';
import type { InventoryView } from './inventoryView';

/** Unlike any other run's. */
export const unique = (name: string): string => `${name}-${process.pid}-${Date.now()}`;

export function containerOf(view: InventoryView, pid: number): Container | undefined {
  const id = view.member(pid)?.container ?? null;
  return id === null ? undefined : view.containers.get(id);
}

export const calledSo = (view: InventoryView, pid: number, text: string): Promise<Container> =>
  view.until(`${pid} is in ${text}`, () => {
    const container = containerOf(view, pid);
    return container?.name.text === text ? container : undefined;
  });
