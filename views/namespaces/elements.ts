import type {
  Container,
  Namespace,
  NamespaceMember,
  NamespaceType,
  ProcessRow,
} from '../../native-host/protocol';
import { ProcessElement } from '../processes/processElement';

/** All namespaces of one type. */
export class TypeElement {
  readonly kind = 'type';
  readonly id: string;

  constructor(readonly type: NamespaceType) {
    this.id = type;
  }
}

export class NamespaceElement {
  readonly kind = 'namespace';
  readonly id: string;

  constructor(public namespace: Namespace) {
    this.id = namespaceElementId(namespace);
  }
}

export const namespaceElementId = ({ type, id }: Pick<Namespace, 'type' | 'id'>) => `${type} ${id}`;

/** The processes of a type whose namespace this user may not read. */
export class UnreadableElement {
  readonly kind = 'unreadable';
  readonly id: string;

  constructor(readonly type: NamespaceType) {
    this.id = `${type} unreadable`;
  }
}

export class ContainerElement {
  readonly kind = 'container';
  readonly id: string;

  constructor(public container: Container) {
    this.id = `container ${container.id}`;
  }
}

/** The processes that are in no container. */
export class LooseElement {
  readonly kind = 'loose';
  readonly id = 'no container';
}

/** What has processes below it. */
export type PlaceElement = NamespaceElement | UnreadableElement | ContainerElement | LooseElement;

/** One process in one place: the same process stands below eight namespaces. */
export class MemberElement extends ProcessElement {
  readonly kind = 'member';
  readonly id: string;

  constructor(
    row: ProcessRow,
    public member: NamespaceMember,
    readonly place: PlaceElement,
  ) {
    super(row.key, row);
    this.id = `${place.id} ${row.key}`;
  }
}

/** Stands for the processes beyond the first hundreds; a click shows them. */
export class MoreElement {
  readonly kind = 'more';
  readonly id: string;

  constructor(
    readonly place: PlaceElement,
    public hidden: number,
  ) {
    this.id = `${place.id} more`;
  }
}

export type NamespacesElement = TypeElement | PlaceElement | MemberElement | MoreElement;
