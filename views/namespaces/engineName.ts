import type { ContainerEngine } from '../../native-host/protocol';

const engineNames: Readonly<Record<ContainerEngine, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  containerd: 'containerd',
  kubernetes: 'Kubernetes',
  crio: 'CRI-O',
  lxc: 'LXC',
  nspawn: 'systemd-nspawn',
  bubblewrap: 'bubblewrap',
  flatpak: 'Flatpak',
  snap: 'Snap',
  devcontainer: 'Dev Container',
  oci: 'OCI',
  systemd: 'systemd',
};

export const engineName = (engine: ContainerEngine): string => engineNames[engine];
